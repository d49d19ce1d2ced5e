import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToBigint, maxUint256 } from '../bytes/uint256.ts';
import { packClaimMessage } from './pack-claim-message.ts';
import { packConfigurationMessage } from './pack-configuration-message.ts';
import { packFreeCallMessage } from './pack-free-call-message.ts';
import { packFreeCallTokenMessage } from './pack-free-call-token-message.ts';
import { packFreeCallTokenRequest } from './pack-free-call-token-request.ts';
import { packGetChannelStateMessage } from './pack-get-channel-state-message.ts';
import { packGetTokenMessage } from './pack-get-token-message.ts';
import { packListInProgressMessage } from './pack-list-in-progress-message.ts';
import { packListUnclaimedMessage } from './pack-list-unclaimed-message.ts';
import { packMeteringMessage } from './pack-metering-message.ts';
import { packOpenChannelByThirdPartyMessage } from './pack-open-channel-by-third-party-message.ts';
import { packStartClaimMessage } from './pack-start-claim-message.ts';
import { packStartClaimsMessage } from './pack-start-claims-message.ts';
import { packTrainingMessage } from './pack-training-message.ts';

const mpe = '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac';
const claim = { mpe, channelId: 42n, nonce: 3n, amount: 12345n };
const freeCall = {
  address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  organizationId: 'org',
  serviceId: 'service',
  groupId: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=',
  block: 1n,
};
const thirdParty = {
  mpe,
  opener: mpe,
  signer: mpe,
  recipient: mpe,
  groupId: new Uint8Array(32),
  value: 1n,
  expiration: 2n,
  messageNonce: 3n,
};

test('behavior: the case of a contract address does not matter', () => {
  expect(packClaimMessage({ ...claim, mpe: mpe.toLowerCase() })).toEqual(packClaimMessage(claim));
});

test('behavior: the case of an address text in a free call does', () => {
  const lower = { ...freeCall, address: freeCall.address.toLowerCase() };
  expect(packFreeCallTokenRequest(lower)).not.toEqual(packFreeCallTokenRequest(freeCall));
});

test('behavior: channel ids are signed in ascending order, as numbers, and not sorted in place', () => {
  const channelIds = [10n, 9n, 2n ** 64n, 1n];
  const message = packStartClaimsMessage({ mpe, channelIds, block: 7n });
  const numbers = [0, 1, 2, 3, 4].map((i) => {
    const start = 32 + 20 + 32 * i;
    return bytesToBigint(message.subarray(start, start + 32));
  });
  expect(numbers).toEqual([1n, 9n, 10n, 2n ** 64n, 7n]);
  expect(channelIds).toEqual([10n, 9n, 2n ** 64n, 1n]);
});

test('behavior: more channel ids than a function takes arguments', () => {
  const channelIds = new Array<bigint>(200_000).fill(3n);
  const message = packStartClaimsMessage({ mpe, channelIds, block: 7n });
  expect(message).toHaveLength(32 + 20 + 32 * 200_001);
});

test('behavior: two different claims never share a message', () => {
  const number = fc.bigInt({ min: 0n, max: maxUint256 });
  const fields = fc.record({
    mpe: fc.constant(mpe),
    channelId: number,
    nonce: number,
    amount: number,
  });
  fc.assert(
    fc.property(fields, fields, (a, b) => {
      const same = a.channelId === b.channelId && a.nonce === b.nonce && a.amount === b.amount;
      expect(packClaimMessage(a).join() === packClaimMessage(b).join()).toBe(same);
    }),
  );
});

const outside: readonly [string, (value: bigint) => Uint8Array][] = [
  ['channelId', (channelId) => packClaimMessage({ ...claim, channelId })],
  ['nonce', (nonce) => packClaimMessage({ ...claim, nonce })],
  ['amount', (amount) => packClaimMessage({ ...claim, amount })],
  ['channelId', (channelId) => packGetChannelStateMessage({ mpe, channelId, block: 1n })],
  ['block', (block) => packGetChannelStateMessage({ mpe, channelId: 1n, block })],
  ['block', (block) => packListUnclaimedMessage({ mpe, block })],
  ['block', (block) => packListInProgressMessage({ mpe, block })],
  ['channelId', (channelId) => packStartClaimMessage({ mpe, channelId, nonce: 0n })],
  ['nonce', (nonce) => packStartClaimMessage({ mpe, channelId: 0n, nonce })],
  ['channelIds', (id) => packStartClaimsMessage({ mpe, channelIds: [1n, id], block: 1n })],
  ['block', (block) => packStartClaimsMessage({ mpe, channelIds: [1n], block })],
  ['block', (block) => packGetTokenMessage({ claimSignature: new Uint8Array(65), block })],
  ['block', (block) => packFreeCallTokenRequest({ ...freeCall, block })],
  ['block', (block) => packFreeCallMessage({ ...freeCall, block, token: new Uint8Array(72) })],
  [
    'expirationBlock',
    (expirationBlock) =>
      packFreeCallTokenMessage({ ...freeCall, groupName: 'default_group', expirationBlock }),
  ],
  ['block', (block) => packConfigurationMessage({ method: 'GetConfiguration', block })],
  ['block', (block) => packTrainingMessage({ message: 'unified', signer: mpe, block })],
  ['block', (block) => packMeteringMessage({ ...freeCall, username: 'user', block })],
  ['value', (value) => packOpenChannelByThirdPartyMessage({ ...thirdParty, value })],
  ['expiration', (expiration) => packOpenChannelByThirdPartyMessage({ ...thirdParty, expiration })],
  [
    'messageNonce',
    (messageNonce) => packOpenChannelByThirdPartyMessage({ ...thirdParty, messageNonce }),
  ],
];

test.each(outside)('error: %s out of range', (place, packWith) => {
  expect(packWith(0n)).toBeInstanceOf(Uint8Array);
  expect(packWith(maxUint256)).toBeInstanceOf(Uint8Array);
  for (const value of [-1n, maxUint256 + 1n]) {
    expect(() => packWith(value)).toThrow(
      expect.objectContaining({ code: 'NUMBER_OUT_OF_RANGE', place }),
    );
  }
});

test('error: a number that is no bigint', () => {
  const wrong = 5 as unknown as bigint;
  expect(() => packClaimMessage({ ...claim, amount: wrong })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The number is not an unsigned 256-bit integer.
    Place: amount
    Expected: a bigint from 0 to 2^256 - 1
    Found: a number]
  `);
});

test('error: an address that is none', () => {
  expect(() => packClaimMessage({ ...claim, mpe: '0x12' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Expected: 0x and 40 hexadecimal digits
    Found: "0x12"]
  `);
});

test('error: a group id of another length', () => {
  const groupId = new Uint8Array(31);
  expect(() =>
    packOpenChannelByThirdPartyMessage({ ...thirdParty, groupId }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: A group id must have 32 bytes.
    Expected: 32 bytes
    Found: 31 bytes]
  `);
});
