import { expect, test } from 'vitest';
import { toCamelCase, toKebabCase } from './file-name.ts';

test.each([
  ['MultiPartyEscrow', 'multi-party-escrow', 'multiPartyEscrow'],
  ['Registry', 'registry', 'registry'],
  ['ERC20Token', 'erc20-token', 'erc20Token'],
  ['SingularityNetToken', 'singularity-net-token', 'singularityNetToken'],
  ['MPE', 'mpe', 'mpe'],
])('default: %s', (name, kebab, camel) => {
  expect([toKebabCase(name), toCamelCase(name)]).toEqual([kebab, camel]);
});
