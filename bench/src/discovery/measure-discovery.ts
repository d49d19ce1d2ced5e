import {
  type ChainClient,
  createChainClient,
  type DiscoveryCursor,
  discoverChannels,
  getBlockNumber,
  getChannels,
  getOrganization,
  getOrganizations,
  listOrganizations,
  openChannel,
  scanEscrowEvents,
} from '@snetkit/contracts';
import { type Hex, stringifyJson } from '@snetkit/core';
import {
  openForeignChannels,
  organizationIdOf,
  registerOrganizations,
  roundBlocks,
} from './fill-chain.ts';
import type { ScaleChain } from './scale-chain.ts';

/** How much there is to search through. */
export interface DiscoverySize {
  readonly organizations: number;
  /** Channels of somebody else, among which there are a few of one's own. */
  readonly channels: number;
}

/** One thing that a client does, and what it took. */
export interface DiscoveryStep {
  readonly name: string;
  /** Organizations, channels or events that came out. */
  readonly found: number;
  /** HTTP requests to the chain. */
  readonly requests: number;
  readonly milliseconds: number;
}

/** Own channels: one after so many parts of the others. */
const ownChannels = 7;
const groupId: Hex = `0x${'ab'.repeat(32)}`;

/** Fills a chain, then lists, looks up and finds what is on it. */
export async function measureDiscovery(
  chain: ScaleChain,
  size: DiscoverySize,
  onProgress: (text: string) => void,
): Promise<readonly DiscoveryStep[]> {
  onProgress(`registering ${size.organizations} organizations`);
  await registerOrganizations(chain, size.organizations);
  const own: bigint[] = [];
  for (let part = 0; part < ownChannels; part += 1) {
    onProgress(`opening ${size.channels} channels: ${Math.round((part * 100) / ownChannels)} %`);
    const [from, to] = [part, part + 1].map((one) =>
      Math.floor((one * size.channels) / ownChannels),
    );
    await openForeignChannels(chain, { count: (to ?? 0) - (from ?? 0), groupId });
    own.push(await openOwnChannel(chain));
  }
  await roundBlocks(chain, 5n);
  onProgress('searching');
  const steps: DiscoveryStep[] = [];
  const measure = async (name: string, work: (client: ChainClient) => Promise<number>) => {
    let requests = 0;
    const onRequest = () => {
      requests += 1;
    };
    const client = createChainClient({ rpcUrl: chain.rpcUrl, timeoutMs: 60_000, onRequest });
    const start = performance.now();
    const found = await work(client);
    const milliseconds = Math.round(performance.now() - start);
    steps.push({ name, found, requests, milliseconds });
  };
  await lookUp(chain, size, measure);
  await discover(chain, { own, measure });
  return steps;
}

type Measure = (name: string, work: (client: ChainClient) => Promise<number>) => Promise<void>;

async function lookUp(
  { contracts: { registry } }: ScaleChain,
  { organizations }: DiscoverySize,
  measure: Measure,
): Promise<void> {
  let ids: readonly string[] = [];
  await measure('list organizations', async (client) => {
    ids = await listOrganizations(client, { registry });
    return ids.length;
  });
  await measure('look all of them up', async (client) => {
    const outcomes = await getOrganizations(client, { registry, organizationIds: ids });
    return outcomes.filter((one) => one.status === 'success' && one.result !== undefined).length;
  });
  await measure('look one up', async (client) => {
    const organizationId = organizationIdOf(organizations >> 1);
    return (await getOrganization(client, { registry, organizationId })) === undefined ? 0 : 1;
  });
}

async function discover(
  chain: ScaleChain,
  { own, measure }: { readonly own: readonly bigint[]; readonly measure: Measure },
): Promise<void> {
  const { owner, recipient } = chain;
  const { mpe } = chain.contracts;
  // Nothing is reorganised here.
  const filter = { mpe, sender: owner.address, recipient, groupId, fromBlock: 0n, overlap: 1n };
  let cursor: DiscoveryCursor | undefined;
  const search = async (
    client: ChainClient,
    maxRange?: bigint,
    maxRanges = Number.POSITIVE_INFINITY,
  ) => {
    let ranges = 0;
    for await (const range of discoverChannels(client, { ...filter, cursor, maxRange })) {
      cursor = range.cursor;
      ranges += 1;
      if (ranges >= maxRanges) break;
    }
    return cursor?.channelIds.length ?? 0;
  };
  await measure('find own channels', (client) => search(client));
  await measure('read them', async (client) => {
    const channels = await getChannels(client, { mpe, channelIds: own });
    return channels.filter((channel) => channel?.sender === owner.address).length;
  });
  await measure('find own channels again', (client) => search(client));

  // An endpoint that allows few blocks in one request, and a search that is cut off in the middle.
  const maxRange = ((await getBlockNumber(chain.client)) + 1n) / 5n;
  cursor = undefined;
  await measure('find own channels in five ranges, cut off after three', (client) =>
    search(client, maxRange, 3),
  );
  await measure('go on from there', (client) => search(client, maxRange));
  const found = stringifyJson([...((cursor as DiscoveryCursor | undefined)?.channelIds ?? [])]);
  if (found !== stringifyJson([...own])) throw new TypeError(`found ${found}`);

  await measure('for comparison: read every opening of a channel', async (client) => {
    let events = 0;
    const types = ['ChannelOpen'] as const;
    for await (const range of scanEscrowEvents(client, { mpe, types, fromBlock: 0n })) {
      events += range.events.length;
    }
    return events;
  });
}

async function openOwnChannel({
  client,
  contracts,
  owner,
  recipient,
}: ScaleChain): Promise<bigint> {
  const terms = { recipient, groupId, amount: 0n, expiration: 9n };
  return (await openChannel(client, owner, { mpe: contracts.mpe, ...terms })).channelId;
}
