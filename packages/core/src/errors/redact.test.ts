import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const key = 'ab'.repeat(32);

test.each([
  ['https://mainnet.infura.io/v3/0123456789abcdef', 'https://mainnet.infura.io/[hidden]'],
  ['wss://user:password@host:8545/', 'wss://host:8545/[hidden]'],
  ['https://host?key=1 and more', 'https://host/[hidden] and more'],
  ['http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
  ['"http://127.0.0.1:8545/"', '"http://127.0.0.1:8545/"'],
  ['authorization: Bearer abcdefghijklmnop', 'authorization: Bearer [hidden]'],
  ['Basic dXNlcjpwYXNzd29yZA==', 'Basic [hidden]'],
  ['Basic authentication failed', 'Basic authentication failed'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJwIjoiMSJ9.c2ln!', 'token [hidden]!'],
  [`key ${key}`, 'key [hidden]'],
  [`key 0x${key.toUpperCase()}.`, 'key [hidden].'],
  [`signature 0x${'ab'.repeat(65)}`, 'signature [hidden]'],
  [
    'address 0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac',
    'address 0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac',
  ],
  ['nothing to hide', 'nothing to hide'],
])('default: %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});
