import { expect, test } from 'vitest';
import { parseWallet } from './parse-wallet.ts';

const wallet = '0x101a018fe784bf01d538b5d4dfa311d047dba491';

test.each([
  '0x101A018fE784bF01d538b5d4dfA311d047DBA491',
  '0x101a018fe784bf01d538b5d4dfa311d047dba491',
  '0X101A018FE784BF01D538B5D4DFA311D047DBA491',
  '101A018fE784bF01d538b5d4dfA311d047DBA491',
])('default: %s', (text) => {
  expect(parseWallet(text)).toBe(wallet);
});

// The official daemon takes the last 20 bytes of anything.
test.each([
  '',
  '0x',
  wallet.slice(0, -1),
  `${wallet}00`,
  `0x00${wallet.slice(2)}`,
  ` ${wallet}`,
  `${wallet}\n`,
])('error: "%s" is no wallet', (text) => {
  expect(parseWallet(text)).toBeUndefined();
});
