import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('default: the export surface', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "classifyFailure",
      "createBlockClock",
      "createDefaultStrategy",
      "createFreeCallStrategy",
      "createMemoryLedger",
      "createPaidStrategy",
      "createPaymentInterceptor",
      "createPrepaidStrategy",
      "findOwnChannels",
      "getChannelState",
      "getUnspent",
      "isUnreadableReply",
      "readStatus",
      "verifyChannelState",
    ]
  `);
});
