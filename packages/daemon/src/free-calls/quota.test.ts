import { expect, test } from 'vitest';
import { createFreeCallQuota } from './quota.ts';

const wallet = '0x101a018fe784bf01d538b5d4dfa311d047dba491';
const own = '0x101A018fE784bF01d538b5d4dfA311d047DBA491';

test.each([
  [{}, 7n],
  [{ [own]: 3 }, 3n],
  [{ [own]: 'unlimited' as const }, undefined],
  [{ [own]: 0 }, 7n],
  [{ '0xF627CE8635cdC34b2f619FDDb4E4b61308D6BD68': 3 }, 7n],
])('default: %j', (perAddress, expected) => {
  expect(createFreeCallQuota({ perAddress, fallback: () => 7 })(wallet)).toBe(expected);
});
