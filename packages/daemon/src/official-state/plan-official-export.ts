import { BaseError, formatGroupId } from '@snetkit/core';
import { listChannels, listClaims } from '../accounts/list-records.ts';
import type { CounterRecord } from '../ledger/counter.ts';
import { decodeCounter } from '../ledger/counter-codec.ts';
import type { ChainSnapshot, ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { getTop } from '../ledger/top.ts';
import type { Store } from '../store/store.ts';
import { type OfficialGroup, officialKeys } from './official-keys.ts';
import type { OfficialState, SetAside } from './read-official-state.ts';
import {
  getLoss,
  type OfficialLoss,
  type OfficialWrite,
  toOfficialChannel,
  toOfficialClaim,
  toOfficialFreeCallUser,
  toOfficialPrepaid,
} from './to-official.ts';

/** What an export to the official layout would write, and what is to be told of it. */
export interface OfficialExportPlan {
  /** A channel's claims before the channel. */
  readonly writes: readonly OfficialWrite[];
  readonly channels: number;
  readonly claims: number;
  readonly prepaid: number;
  readonly freeCallUsers: number;
  /** Sums over all channels. */
  readonly loss: OfficialLoss;
  /** Ids of the channels that lose money of somebody. */
  readonly losing: readonly bigint[];
  /** Where the official store has more: left as it is. */
  readonly conflicts: readonly SetAside[];
}

/** Where an export looks things up. */
export interface ExportSources {
  readonly source: Pick<Store, 'list'>;
  readonly group: OfficialGroup;
  /** What the official store has already. */
  readonly state: OfficialState;
  /** The channel on the chain, for records without a snapshot. */
  readChannel(channelId: bigint): Promise<ChainSnapshot | undefined>;
}

/**
 * Plans the way back: every record of ours as the official daemon keeps it, but nothing lower than it
 * is there.
 *
 * @throws BaseError CHANNEL_UNKNOWN, or that our store or the chain cannot be read
 */
export async function planOfficialExport(sources: ExportSources): Promise<OfficialExportPlan> {
  const { source, group, state, readChannel } = sources;
  const keys = officialKeys(group);
  const writes: OfficialWrite[] = [];
  const conflicts: SetAside[] = [];
  const losing: bigint[] = [];
  const loss = { open: 0n, credit: 0n, unserved: 0n, retries: 0 };
  const counts = { channels: 0, claims: 0, prepaid: 0, freeCallUsers: 0 };
  const claimsOf = await groupClaims(source);
  const channelsThere = new Map(state.channels.map((one) => [one.ChannelID, one]));
  const usersThere = new Map(
    state.freeCallUsers.map(
      ({ Address: address, UserID: userId, ServiceId: serviceId, ...user }) => [
        keys.freeCall({ address, userId, serviceId }),
        user.FreeCallsMade,
      ],
    ),
  );

  async function planChannel(record: ChannelRecord): Promise<void> {
    const { channelId, nonce } = record;
    const claims = claimsOf.get(channelId) ?? [];
    counts.channels += 1;
    counts.claims += claims.length;
    const { amount } = getTop(record);
    const there = channelsThere.get(channelId);
    if (
      there !== undefined &&
      (there.Nonce > nonce || (there.Nonce === nonce && there.AuthorizedAmount > amount))
    ) {
      const reason = `${there.AuthorizedAmount} cogs of nonce ${there.Nonce} there, ${amount} of nonce ${nonce} here`;
      conflicts.push({ key: `channel/${channelId}`, reason });
      return;
    }
    const lost = getLoss(record, claims);
    for (const part of ['open', 'credit', 'unserved'] as const) loss[part] += lost[part];
    loss.retries += lost.retries;
    if (lost.open + lost.credit + lost.unserved > 0n) losing.push(channelId);
    const chain = record.chain ?? (await readChannel(channelId));
    if (chain === undefined) throw unknownChannel(channelId);
    const claim = claims.find((one) => one.nonce === nonce - 1n);
    writes.push(...claims.map((one) => toOfficialClaim(one, keys)));
    writes.push(toOfficialChannel(record, chain, { keys, claim }));
  }

  function planPrepaid(channelId: bigint, { planned, used }: CounterRecord): void {
    const { P, U, R } = state.prepaid.get(channelId) ?? { P: 0n, U: 0n, R: 0n };
    counts.prepaid += 1;
    if (P <= planned && U - R <= used) {
      writes.push(...toOfficialPrepaid(channelId, { planned, used, refunded: R }, keys));
    } else {
      const reason = `planned ${P}, used ${U - R} there; ${planned}, ${used} here`;
      conflicts.push({ key: `prepaid/${channelId}`, reason });
    }
  }

  function planFreeCalls(key: string, counter: CounterRecord): void {
    const [, serviceId = '', address = '', userId = ''] = key.split('/').map(decodeURIComponent);
    const { organizationId } = group;
    const groupIdText = formatGroupId(group.groupId);
    const names = { keys, organizationId, groupIdText };
    const write = toOfficialFreeCallUser({ serviceId, address, userId }, counter, names);
    const there = usersThere.get(write.key) ?? 0n;
    counts.freeCallUsers += 1;
    if (there <= counter.used) writes.push(write);
    else conflicts.push({ key, reason: `${there} calls there, ${counter.used} here` });
  }

  for await (const record of listChannels(source)) await planChannel(record);
  for await (const { key, value } of source.list('prepaid/')) {
    planPrepaid(BigInt(key.slice('prepaid/'.length)), decodeCounter(value, key));
  }
  for await (const { key, value } of source.list('free/')) {
    planFreeCalls(key, decodeCounter(value, key));
  }
  return { writes, ...counts, loss, losing, conflicts };
}

async function groupClaims(
  source: Pick<Store, 'list'>,
): Promise<ReadonlyMap<bigint, readonly ClaimRecord[]>> {
  const groups = new Map<bigint, ClaimRecord[]>();
  for await (const claim of listClaims(source)) {
    const group = groups.get(claim.channelId);
    if (group === undefined) groups.set(claim.channelId, [claim]);
    else group.push(claim);
  }
  return groups;
}

function unknownChannel(channelId: bigint): BaseError {
  return new BaseError('CHANNEL_UNKNOWN', 'A channel is neither described here nor on the chain.', {
    place: `channel/${channelId}`,
    hint: 'Check that the node of ethereum_json_rpc_http_endpoint is on the right chain.',
  });
}
