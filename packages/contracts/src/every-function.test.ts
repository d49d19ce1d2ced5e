import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { multiPartyEscrowAbi, registryAbi, tokenAbi } from './index.ts';

/** Functions of contracts that have no function of ours, and why. */
const without: Readonly<Record<string, string>> = {
  DEFAULT_ADMIN_ROLE: 'a constant: tokenRoles',
  MINTER_ROLE: 'a constant: tokenRoles',
  PAUSER_ROLE: 'a constant: tokenRoles',
};

test.each([
  ['escrow', 'multiPartyEscrow', multiPartyEscrowAbi],
  ['registry', 'registryContract', registryAbi],
  ['token', 'tokenContract', tokenAbi],
] as const)(
  'default: every function of the %s contract is called by one of ours',
  (room, binding, abi) => {
    const sources = globSync(`${room}/*.ts`, { cwd: import.meta.dirname })
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
      .join('\n');
    const called = new RegExp(`${binding}\\s*\\.(?:read|write)\\(\\s*'(\\w+)'`, 'g');
    const names = new Set([...sources.matchAll(called)].map(([, name]) => name));
    const missing = abi
      .filter((item) => item.type === 'function')
      .map(({ name }) => name)
      .filter((name) => !names.has(name) && without[name] === undefined);
    expect(missing).toEqual([]);
  },
);
