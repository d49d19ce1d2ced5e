import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('default: the export surface', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "classifyFailure",
      "createMemoryLedger",
      "createPaidStrategy",
      "createPaymentInterceptor",
      "findOwnChannels",
      "getChannelState",
      "getUnspent",
      "readStatus",
      "verifyChannelState",
    ]
  `);
});
