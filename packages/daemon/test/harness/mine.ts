/** Adds empty blocks to a local chain. */
export async function mine(rpcUrl: string, blocks: number): Promise<void> {
  const request = {
    jsonrpc: '2.0',
    id: 1,
    method: 'anvil_mine',
    params: [`0x${blocks.toString(16)}`],
  };
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`anvil_mine: ${response.status}`);
}
