import { checksumAddress, formatGroupId, hexToBytes, parseAddress } from '@snetkit/core';

/** Whose keys: the group as the official daemon names it. */
export interface OfficialGroup {
  /** `blockchain_network_selected`. */
  readonly network: string;
  readonly organizationId: string;
  readonly groupId: Uint8Array;
  /** MultiPartyEscrow contract; any case. */
  readonly mpe: string;
}

/** What a user of free calls is known by; the texts stand in the key as they are. */
export interface OfficialFreeCaller {
  /** As the client spelled it. */
  readonly address: string;
  readonly userId: string;
  readonly serviceId: string;
}

/** Which of the three counters of a channel. */
export type PrepaidPart = 'U' | 'P' | 'R';

/** What a key holds. */
export type OfficialKey =
  | { readonly kind: 'channel'; readonly channelId: bigint }
  | { readonly kind: 'claim'; readonly channelId: bigint; readonly nonce: bigint }
  | { readonly kind: 'prepaid'; readonly channelId: bigint; readonly part: PrepaidPart }
  | { readonly kind: 'free-call'; readonly name: string }
  /** Of a channel or of a user; `name` as the official tools print it. */
  | { readonly kind: 'lock'; readonly name: string }
  /** Training records. */
  | { readonly kind: 'model' }
  /** Of another escrow contract: the group moved to a new one. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' };

/** The official daemon's keys of one group (daemon.md 5.1): exact text, double slashes included. */
export interface OfficialKeys {
  /** What all keys of the group begin with. */
  readonly prefix: string;
  channel(channelId: bigint): string;
  channelLock(channelId: bigint): string;
  claim(channelId: bigint, nonce: bigint): string;
  prepaid(channelId: bigint, part: PrepaidPart): string;
  freeCall(caller: OfficialFreeCaller): string;
  /** Takes a key apart that begins with the prefix. */
  parse(key: string): OfficialKey;
}

const id = '(0|[1-9][0-9]{0,77})';
const channelPattern = new RegExp(`^//payment-channel/storage/\\{ID: ${id}\\}$`);
const claimPattern = new RegExp(`^//payment/storage/${id}/${id}$`);
const prepaidPattern = new RegExp(`^//PrePaid/storage/\\{ID:${id}/([UPR])\\}$`);
const channelLockPattern = new RegExp(`^//payment-channel/lock/(\\{ID: ${id}\\})$`);
const freeCallPattern = /^\/\/free-call-user\/storage\/(\{ID:.*\})$/s;
const freeCallLockPattern = /^\/\/freecall\/lock\/(\{ID:.*\})$/s;

/**
 * The keys of a group.
 *
 * @throws BaseError GROUP_ID_INVALID or ADDRESS_INVALID
 */
export function officialKeys(group: OfficialGroup): OfficialKeys {
  const { network, organizationId } = group;
  const groupId = formatGroupId(group.groupId);
  const mpe = checksumAddress(hexToBytes(parseAddress(group.mpe, { anyCase: true })));
  const base = `${network}/${organizationId}/${groupId}`;
  const escrow = `${base}/${mpe}`;
  return {
    prefix: `${base}/`,
    channel: (channelId) => `${escrow}//payment-channel/storage/{ID: ${channelId}}`,
    channelLock: (channelId) => `${escrow}//payment-channel/lock/{ID: ${channelId}}`,
    claim: (channelId, nonce) => `${escrow}//payment/storage/${channelId}/${nonce}`,
    prepaid: (channelId, part) => `${base}//PrePaid/storage/{ID:${channelId}/${part}}`,
    freeCall: ({ address, userId, serviceId }) =>
      `${base}//free-call-user/storage/{ID:${address}/${userId}/${organizationId}/${serviceId}/${groupId}}`,
    parse(key) {
      if (key.startsWith(`${escrow}//`)) return parseEscrowKey(key.slice(escrow.length));
      if (key.startsWith(`${base}//`)) return parseGroupKey(key.slice(base.length));
      const isForeign = /^\/0x[0-9a-fA-F]{40}\/\//.test(key.slice(base.length));
      return { kind: isForeign ? 'foreign' : 'unknown' };
    },
  };
}

function parseEscrowKey(rest: string): OfficialKey {
  const [, channelId] = channelPattern.exec(rest) ?? [];
  if (channelId !== undefined) return { kind: 'channel', channelId: BigInt(channelId) };
  const [, claimId, nonce] = claimPattern.exec(rest) ?? [];
  if (claimId !== undefined && nonce !== undefined) {
    return { kind: 'claim', channelId: BigInt(claimId), nonce: BigInt(nonce) };
  }
  const [, lock] = channelLockPattern.exec(rest) ?? [];
  return lock === undefined ? { kind: 'unknown' } : { kind: 'lock', name: `Channel ${lock}` };
}

function parseGroupKey(rest: string): OfficialKey {
  const [, channelId, part] = prepaidPattern.exec(rest) ?? [];
  if (channelId !== undefined) {
    return { kind: 'prepaid', channelId: BigInt(channelId), part: part as PrepaidPart };
  }
  const [, user] = freeCallPattern.exec(rest) ?? [];
  if (user !== undefined) return { kind: 'free-call', name: user };
  const [, lock] = freeCallLockPattern.exec(rest) ?? [];
  if (lock !== undefined) return { kind: 'lock', name: `User ${lock}` };
  return { kind: rest.startsWith('//model-user/') ? 'model' : 'unknown' };
}
