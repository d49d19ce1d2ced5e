import { contains, intervalOf, overlaps, totalLength } from '../../src/ledger/intervals.ts';
import { type ChannelRecord, type ClaimRecord, emptyRecord } from '../../src/ledger/record.ts';
import { decodeClaimRecord } from '../../src/ledger/record-codec.ts';
import { getTop } from '../../src/ledger/top.ts';
import type { Attempt, SimulatedPayment } from './network.ts';
import { signatureOf } from './replica.ts';
import type { World } from './world.ts';

/** What is wrong with the record when nothing runs any more (ledger.md, section 12: I1 to I4, I6). */
export function checkAtRest(world: World): string[] {
  const record = world.getRecord() ?? emptyRecord(7n, 0n);
  const served = world.attempts.filter(
    ({ exchange }) => exchange.delivered && !exchange.failedLater,
  );
  const distinct = [...new Map(served.map((attempt) => [nameOf(attempt), attempt])).values()];
  return [
    ...checkServed(served, distinct, world.deaths),
    ...checkConsumed(record, distinct),
    ...checkMoney(world, record, distinct),
    ...checkRecord(world, record),
  ];
}

/** I6: what is consumed and what is being claimed is covered by the channel. */
export function checkFunds(world: World): string[] {
  const { nonce, value } = world.chain.channel;
  const record = world.getRecord();
  if (record === undefined || record.nonce < nonce) return [];
  const pending = claimsOf(world)
    .filter((claim) => claim.nonce === nonce)
    .reduce((sum, { amount }) => sum + amount, 0n);
  const top = getTop(record).amount;
  return top + pending > value ? [`I6: top ${top} and claim ${pending} of ${value}`] : [];
}

function nameOf({ nonce, amount, price }: SimulatedPayment): string {
  return `${nonce}/${amount}/${price}`;
}

function claimsOf({ store }: World): ClaimRecord[] {
  return [...store.values]
    .filter(([key]) => key.startsWith('claim/'))
    .map(([key, { value }]) => decodeClaimRecord(value, key));
}

/** I3: nothing is sold twice, but to the client of a replica that died. */
function checkServed(
  served: readonly Attempt[],
  distinct: readonly Attempt[],
  deaths: number,
): string[] {
  const faults: string[] = [];
  for (const [index, one] of distinct.entries()) {
    const times = served.filter((other) => nameOf(other) === nameOf(one)).length;
    if (one.price > 0n && times > 1 + deaths) {
      faults.push(`I3: ${nameOf(one)} was served ${times} times`);
    }
    for (const other of distinct.slice(index + 1)) {
      if (other.nonce === one.nonce && overlaps(intervalOf(one), intervalOf(other))) {
        faults.push(`I3: ${nameOf(one)} and ${nameOf(other)} overlap`);
      }
    }
  }
  return faults;
}

/** I1: what was served is consumed. */
function checkConsumed(record: ChannelRecord, distinct: readonly Attempt[]): string[] {
  const faults: string[] = [];
  for (const one of distinct) {
    if (one.nonce !== record.nonce || one.price === 0n) continue;
    if (record.open.some((open) => contains(open, intervalOf(one)))) {
      faults.push(`I1: ${nameOf(one)} was served and is open`);
    }
    if (one.amount > getTop(record).amount) {
      faults.push(`I1: ${nameOf(one)} was served above the top`);
    }
  }
  return faults;
}

/** I2: what is charged, in whatever form, is what was served and what is still listed. */
function checkMoney(world: World, record: ChannelRecord, distinct: readonly Attempt[]): string[] {
  const { books, deaths } = world;
  const sum = (prices: readonly { readonly price: bigint }[]) =>
    prices.reduce((total, { price }) => total + price, 0n);
  const names = new Set(distinct.map(nameOf));
  const listed = sum(record.entries.filter((entry) => !names.has(nameOf(entry))));
  const served = sum(distinct);
  const pending = claimsOf(world).reduce((total, { actual }) => total + actual, 0n);
  const current = getTop(record).amount - totalLength(record.open) - record.credit;
  const charged = books.claimed + books.lost + pending + current;
  const faults: string[] = [];
  if (charged !== served + listed) {
    const parts = `claimed ${books.claimed}, lost ${books.lost}, pending ${pending}, ${current}`;
    faults.push(`I2: charged ${charged} (${parts}), served ${served}, listed ${listed}`);
  }
  if (deaths === 0 && record.entries.length > 0) {
    faults.push(`I2: ${record.entries.length} entries are listed although nobody died`);
  }
  if (mustBeExact(world) && record.open.length > 0) {
    faults.push('I2: an official client that waits leaves an open stretch');
  }
  return faults;
}

/** Nothing happens that could leave a gap: an official claim takes exactly what was served. */
function mustBeExact({ options, deaths }: World): boolean {
  const { ahead, leave, unknown, replicas, claims } = options;
  return !ahead && leave === 0 && deaths === 0 && unknown === 0 && replicas === 1 && claims === 0;
}

/** I4: the record is well formed. I6: its nonce is the chain's, or one ahead while a claim is pending. */
function checkRecord({ chain, store }: World, record: ChannelRecord): string[] {
  const faults: string[] = [];
  const top = getTop(record);
  const { nonce, open } = record;
  if (top.amount > 0n && String(top.signature) !== String(signatureOf(nonce, top.amount))) {
    faults.push('I4: the signature is not over the top');
  }
  for (const [index, { from, to }] of open.entries()) {
    const before = open[index - 1];
    if (from >= to || to >= top.amount || (before !== undefined && from <= before.to)) {
      faults.push(`I4: the open stretch (${from}, ${to}] is out of order`);
    }
  }
  const { nonce: chainNonce } = chain.channel;
  const isAhead = nonce === chainNonce + 1n && store.values.has(`claim/7/${chainNonce}`);
  if (nonce > chainNonce && !isAhead) faults.push(`I6: nonce ${nonce}, chain ${chainNonce}`);
  return faults;
}
