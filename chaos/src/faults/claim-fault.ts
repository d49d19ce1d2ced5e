import type { ChannelBook } from '../client/channel-book.ts';
import { createWireClient, type WireClient } from '../client/session.ts';
import { pause } from '../pause.ts';
import type { Fault, FaultScene } from './fault.ts';

/** The provider collects while clients pay: nobody's fault, but the hardest moment for the accounts. */
export const claimFault: Fault = {
  name: 'claims by the provider',
  weight: 4,
  fits: () => true,
  async strike(scene) {
    const { books, random, signal } = scene;
    for (let round = random.between(1, 3); round > 0 && !signal.aborted; round -= 1) {
      const { channelId, nonce } = random.pick(books);
      await withReplica(scene, (client) =>
        scene.world.provider.startClaim(client, { channelId, nonce }),
      );
      await pause(random.between(0, 300), signal);
      if (random.chance(0.6)) await landAll(scene);
    }
  },
  async finish(scene) {
    if (!(await landAll(scene))) throw new Error('the claims in progress cannot be listed');
  },
};

/** Lands what is in progress on the channels of this run; false when no replica told. */
async function landAll(scene: FaultScene): Promise<boolean> {
  const { world, books, claimed } = scene;
  const block = await world.chain.blockNumber();
  const list = await withReplica(scene, (client) => world.provider.listInProgress(client, block));
  if (typeof list === 'string') return false;
  const own = new Map<bigint, ChannelBook>(books.map((book) => [book.channelId, book]));
  for (const claim of list) {
    const key = `${claim.channelId}/${claim.nonce}`;
    if (!own.has(claim.channelId) || claimed.has(key)) continue;
    await world.provider.land(claim);
    claimed.set(key, claim.actual);
  }
  return true;
}

async function withReplica<Result>(
  { world, random }: FaultScene,
  use: (client: WireClient) => Promise<Result>,
): Promise<Result> {
  const replica = random.pick(world.replicas);
  const client = createWireClient(replica.endpoint);
  try {
    return await use(client);
  } finally {
    client.close();
  }
}
