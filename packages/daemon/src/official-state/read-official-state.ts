import { BaseError, bytesToUtf8 } from '@snetkit/core';
import type { OfficialGroup, OfficialKeys, PrepaidPart } from './official-keys.ts';
import { officialKeys } from './official-keys.ts';
import type { OfficialEntry, OfficialStore } from './official-store.ts';
import {
  freeCallUserData,
  type OfficialChannel,
  type OfficialFreeCallUser,
  type OfficialPayment,
  payment,
  paymentChannelData,
  prePaidData,
} from './official-structs.ts';

/** A lock of the official daemon; it has no owner and no end (daemon.md 5.4). */
export interface OfficialLock {
  /** `Channel {ID: 42}` or `User {ID:…}`, as its own tools print it. */
  readonly name: string;
  readonly key: string;
}

/** Something that was read but is not taken over, and why. */
export interface SetAside {
  readonly key: string;
  readonly reason: string;
}

/** Everything that the official daemons of a group have stored. Amounts in cogs. */
export interface OfficialState {
  readonly channels: readonly OfficialChannel[];
  /** Claims in progress. */
  readonly claims: readonly OfficialPayment[];
  readonly prepaid: ReadonlyMap<bigint, Readonly<Record<PrepaidPart, bigint>>>;
  readonly freeCallUsers: readonly OfficialFreeCallUser[];
  /** Locks that are held: a call runs, or ran when its daemon died. */
  readonly heldLocks: readonly OfficialLock[];
  /** Training records, which are not taken over. */
  readonly models: number;
  /** Keys that cannot be read: money may be in them. */
  readonly damaged: readonly SetAside[];
  /** Keys that mean nothing here. */
  readonly ignored: readonly SetAside[];
  /** Version of every key of the group, to see whether one changes. */
  readonly versions: ReadonlyMap<string, bigint>;
}

/**
 * Reads all keys of a group. What cannot be read is set aside, not thrown.
 *
 * @throws BaseError when the store cannot be read
 */
export async function readOfficialState(
  store: Pick<OfficialStore, 'list'>,
  group: OfficialGroup,
): Promise<OfficialState> {
  const keys = officialKeys(group);
  const state = {
    channels: [] as OfficialChannel[],
    claims: [] as OfficialPayment[],
    prepaid: new Map<bigint, Record<PrepaidPart, bigint>>(),
    freeCallUsers: [] as OfficialFreeCallUser[],
    heldLocks: [] as OfficialLock[],
    models: 0,
    damaged: [] as SetAside[],
    ignored: [] as SetAside[],
    versions: new Map<string, bigint>(),
  };
  for await (const entry of store.list(keys.prefix)) {
    state.versions.set(entry.key, entry.version);
    try {
      readEntry(entry, { keys, state });
    } catch (cause) {
      const { shortMessage, found } = BaseError.from(cause);
      const reason = found === undefined ? shortMessage : `${shortMessage} ${found}`;
      state.damaged.push({ key: entry.key, reason });
    }
  }
  return state;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type Draft = Mutable<Omit<OfficialState, 'prepaid' | 'versions'>> & {
  readonly prepaid: Map<bigint, Record<PrepaidPart, bigint>>;
};

function readEntry(
  { key, value }: OfficialEntry,
  { keys, state }: { keys: OfficialKeys; state: Draft },
): void {
  const parsed = keys.parse(key);
  switch (parsed.kind) {
    case 'channel': {
      const channel = paymentChannelData.decode(value, key);
      check(key, channel.ChannelID === parsed.channelId, `channel ${channel.ChannelID}`);
      checkPositive(key, channel.Nonce, channel.AuthorizedAmount, channel.FullAmount);
      state.channels.push(channel);
      return;
    }
    case 'claim': {
      const claim = payment.decode(value, key);
      const name = `channel ${claim.ChannelID}, nonce ${claim.ChannelNonce}`;
      const fits = claim.ChannelID === parsed.channelId && claim.ChannelNonce === parsed.nonce;
      check(key, fits, name);
      checkPositive(key, claim.Amount);
      state.claims.push(claim);
      return;
    }
    case 'prepaid': {
      const { Amount } = prePaidData.decode(value, key);
      checkPositive(key, Amount);
      const counters = state.prepaid.get(parsed.channelId) ?? { U: 0n, P: 0n, R: 0n };
      state.prepaid.set(parsed.channelId, { ...counters, [parsed.part]: Amount });
      return;
    }
    case 'free-call':
      readFreeCallUser(key, { user: freeCallUserData.decode(value, key), keys, state });
      return;
    case 'lock':
      if (bytesToUtf8(value) === 'locked') state.heldLocks.push({ name: parsed.name, key });
      return;
    case 'model':
      state.models += 1;
      return;
    case 'foreign':
      state.ignored.push({ key, reason: 'of another escrow contract' });
      return;
    case 'unknown':
      state.ignored.push({ key, reason: 'not a key of the official daemon' });
  }
}

function readFreeCallUser(
  key: string,
  { user, keys, state }: { user: OfficialFreeCallUser; keys: OfficialKeys; state: Draft },
): void {
  const { Address: address, UserID: userId, ServiceId: serviceId } = user;
  if (!/^(0x)?[0-9a-f]{40}$/i.test(address)) {
    // Before 6.0 a key had no address; its daemon does not read it either.
    state.ignored.push({ key, reason: 'a user of free calls without a wallet' });
    return;
  }
  check(key, keys.freeCall({ address, userId, serviceId }) === key, 'another user');
  checkPositive(key, user.FreeCallsMade);
  state.freeCallUsers.push(user);
}

function check(place: string, holds: boolean, found: string): void {
  if (holds) return;
  throw new BaseError('OFFICIAL_VALUE_INVALID', 'The value belongs to another key.', {
    place,
    found,
  });
}

function checkPositive(place: string, ...numbers: readonly bigint[]): void {
  const negative = numbers.find((one) => one < 0n);
  if (negative === undefined) return;
  throw new BaseError('OFFICIAL_VALUE_INVALID', 'The value is negative.', {
    place,
    found: String(negative),
  });
}
