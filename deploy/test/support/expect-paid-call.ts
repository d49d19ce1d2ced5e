import type { Devnet } from '@snetkit/devnet';
import { expect } from 'vitest';
import { textRequest } from './frames.ts';
import { createWallet } from './wallet.ts';
import { connectWire } from './wire-client.ts';

/** Opens a channel, pays for one call of the example service, and has the daemon say that it is charged. */
export async function expectPaidCall(
  devnet: Devnet,
  { endpoint, certificate }: { readonly endpoint: string; readonly certificate?: string },
): Promise<void> {
  const wallet = createWallet(devnet);
  const channelId = await wallet.openChannel(2n);
  const client = await connectWire(endpoint, certificate);
  try {
    const answer = await client.call(
      '/text.v1.TextService/Detect',
      await wallet.pay(channelId, 1),
      textRequest('guten tag'),
    );
    expect(answer).toMatchObject({ status: 0, messages: [expect.anything()] });
    expect(await wallet.countCharged(client, channelId)).toBe(1);
  } finally {
    client.close();
  }
}
