import { readFileSync } from 'node:fs';
import { parseGroupId } from '@snetkit/core';
import { expect, test } from 'vitest';
import { type OfficialKey, officialKeys } from './official-keys.ts';

const file = new URL('../../test/import/fixtures/official-state.json', import.meta.url);
const vectors: Record<string, string> = JSON.parse(readFileSync(file, 'utf8')).storageKeys;
const groupId = '99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U=';
const keys = officialKeys({
  network: 'sepolia',
  organizationId: 'YOUR_ORG_ID',
  groupId: parseGroupId(groupId),
  mpe: '0x7e6366fbe3bdfce3c906667911fc5237cc96bd08',
});
const caller = {
  address: '0x101A018fE784bF01d538b5d4dfA311d047DBA491',
  userId: '',
  serviceId: 'YOUR_SERVICE_ID',
};
const user = `{ID:${caller.address}//YOUR_ORG_ID/YOUR_SERVICE_ID/${groupId}}`;

test('default: writes every key of the vectors', () => {
  expect({
    channel_42: keys.channel(42n),
    channelLock_42: keys.channelLock(42n),
    claim_42_nonce3: keys.claim(42n, 3n),
    freeCallUser: keys.freeCall(caller),
    prepaidUsed_11: keys.prepaid(11n, 'U'),
    prepaidPlanned_11: keys.prepaid(11n, 'P'),
    prepaidRefund_11: keys.prepaid(11n, 'R'),
  }).toEqual(
    Object.fromEntries(
      Object.entries(vectors).filter(([name]) =>
        /^(channel|claim|freeCallUser|prepaid)/.test(name),
      ),
    ),
  );
});

const parsed: [string, OfficialKey][] = [
  ['channel_42', { kind: 'channel', channelId: 42n }],
  ['channelLock_42', { kind: 'lock', name: 'Channel {ID: 42}' }],
  ['claim_42_nonce3', { kind: 'claim', channelId: 42n, nonce: 3n }],
  ['freeCallUser', { kind: 'free-call', name: user }],
  ['freeCallLock', { kind: 'lock', name: `User ${user}` }],
  ['prepaidUsed_11', { kind: 'prepaid', channelId: 11n, part: 'U' }],
  ['prepaidPlanned_11', { kind: 'prepaid', channelId: 11n, part: 'P' }],
  ['prepaidRefund_11', { kind: 'prepaid', channelId: 11n, part: 'R' }],
  ['model', { kind: 'model' }],
  ['modelUser', { kind: 'model' }],
  ['pendingModels', { kind: 'model' }],
  ['publicModels', { kind: 'model' }],
];

test.each(parsed)('default: reads the key of the vector %s', (name, expected) => {
  expect(vectors[name]?.startsWith(keys.prefix)).toBe(true);
  expect(keys.parse(vectors[name] ?? '')).toEqual(expected);
});

test.each([
  ['0x0000000000000000000000000000000000000001//payment-channel/storage/{ID: 42}', 'foreign'],
  ['/payment-channel/storage/{ID: 42}', 'unknown'],
  ['0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08//payment-channel/storage/{ID:42}', 'unknown'],
  ['0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08//payment/storage/042/3', 'unknown'],
  ['0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08//payment/storage/42', 'unknown'],
  ['/PrePaid/storage/{ID:11/X}', 'unknown'],
  ['', 'unknown'],
])('args: %s', (rest, kind) => {
  expect(keys.parse(`${keys.prefix}${rest}`)).toEqual({ kind });
});
