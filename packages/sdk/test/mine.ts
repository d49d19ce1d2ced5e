/** Lets a local chain make so many blocks at once. */
export async function mine(rpcUrl: string, blocks: bigint): Promise<void> {
  const params = [`0x${blocks.toString(16)}`];
  const answer = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_mine', params }),
  });
  const { error } = (await answer.json()) as { error?: { message: string } };
  if (error !== undefined) throw new Error(error.message);
}
