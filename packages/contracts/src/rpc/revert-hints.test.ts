import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { vectors } from '../../test/vectors.ts';
import { findRevertHint } from './revert-hints.ts';

const require = createRequire(import.meta.url);

/** Texts that no caller can bring about, or that say all there is to say. */
const unreachable = [
  // The calls within always return true.
  'Unable to open channel',
  'Unable to open channel.',
  'Unable to extend the channel.',
  'Unable to add funds to channel.',
  // Parts of libraries that the token does not use, and callers that are nobody.
  'EnumerableSet: index out of bounds',
  'Address: insufficient balance',
  'Address: unable to send value, recipient may have reverted',
  'SafeMath: multiplication overflow',
  'ERC20: transfer from the zero address',
  'ERC20: burn from the zero address',
  'ERC20: approve from the zero address',
  // Amounts beyond 2^256.
  'SafeMath: addition overflow',
];

test.each([
  'platform-contracts/sol/MultiPartyEscrow',
  'platform-contracts/sol/Registry',
  'token-contracts/sol/FetchToken',
  'token-contracts/sol/SingularityNetToken',
])('default: every text of %s has a hint', (name) => {
  const source = readFileSync(require.resolve(`singularitynet-${name}.sol`), 'utf8');
  const code = source.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  const required = code.matchAll(/(?:require\s*\([^;]*?|\.sub\([^;]*?)"([^"]+)"\s*\)/g);
  const texts = [...required].map(([, text = '']) => text);
  expect(texts.length).toBeGreaterThan(2);
  const without = texts.filter(
    (text) => findRevertHint(text, 'any') === undefined && !unreachable.includes(text),
  );
  expect(without).toEqual([]);
});

test('behavior: every revert of the vectors has a hint', () => {
  const { reverts } = vectors.contract_behaviour;
  const without = Object.entries(reverts).filter(([, text]) => {
    if (text === '(no revert)') return false;
    const reason = text.replace(/^revert (?::: 0x)?/, '');
    return findRevertHint(reason, 'openChannel') === undefined;
  });
  expect(without).toEqual([]);
});

test('behavior: no guess about what is unknown', () => {
  expect(findRevertHint('something else', 'openChannel')).toBeUndefined();
  expect(findRevertHint('', 'deposit')).toBeUndefined();
});
