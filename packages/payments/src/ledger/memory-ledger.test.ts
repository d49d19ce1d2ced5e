import { expect, test } from 'vitest';
import { ledgerCases } from '../../test/ledger-conformance.ts';
import { createMemoryLedger } from './memory-ledger.ts';

test.for(ledgerCases.filter(({ isDurable }) => !isDurable))('$name', async ({ run, expected }) => {
  expect(await run(createMemoryLedger)).toEqual(expected);
});
