import { expect, test } from 'vitest';
import { getStand } from './get-stand.ts';
import { mainnet } from './mainnet.ts';
import { sepolia } from './sepolia.ts';

test('default', () => {
  expect(getStand(mainnet)).toMatchObject({ name: 'prod', token: 'FET' });
  expect(getStand(sepolia)).toMatchObject({ name: 'demo', token: 'FET' });
});

test('args: name, token and multiPartyEscrow', () => {
  expect(getStand(sepolia, { name: 'dev' })).toMatchObject({ name: 'dev', token: 'FET' });
  expect(getStand(sepolia, { token: 'AGIX' })).toMatchObject({ name: 'demo', token: 'AGIX' });
  for (const stand of sepolia.stands) {
    const { name, token, multiPartyEscrow } = stand;
    expect(getStand(sepolia, { name, token })).toBe(stand);
    expect(getStand(sepolia, { multiPartyEscrow: multiPartyEscrow.toLowerCase() })).toBe(stand);
  }
});

test('args: former, for reading only', () => {
  const escrow = '0x9c9252ec9fa844e2c7bd2e6f54bec2901938479f';
  const stand = getStand(mainnet, { multiPartyEscrow: escrow, former: true });
  expect(stand).toMatchObject({ generation: '0.3.0', readOnly: true, token: 'AGI' });
  expect(getStand(mainnet, { former: true })).toMatchObject({ name: 'prod', token: 'FET' });
  expect(() => getStand(mainnet, { token: 'AGI' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: mainnet has no such deployment.
    Expected: prod FET 0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac, prod AGIX 0x5e592F9b1d303183d963635f895f0f0C48284f4e
    Found: AGI
    Fix: That is a deployment of an older generation: it can be read, and nothing is sent to it.]
  `);
});

test('error: no such stand', () => {
  const { multiPartyEscrow } = getStand(sepolia);
  expect(() => getStand(mainnet, { multiPartyEscrow })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: mainnet has no such deployment.
    Expected: prod FET 0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac, prod AGIX 0x5e592F9b1d303183d963635f895f0f0C48284f4e
    Found: 0x042d31F61c598eADcAc729B845406514521db520]
  `);
});
