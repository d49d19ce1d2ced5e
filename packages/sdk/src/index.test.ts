import { expect, test } from 'vitest';
import * as sdk from './index.ts';

test('behavior: the public names are these', () => {
  expect(Object.keys(sdk).sort()).toMatchInlineSnapshot(`
    [
      "Account",
      "BaseError",
      "CallError",
      "Channels",
      "MetadataProvider",
      "PaymentChannel",
      "ServiceClient",
      "SnetEngine",
      "Training",
      "createConfig",
      "defaultContentUrl",
      "formatAmount",
      "getNetwork",
      "getSignerDrivers",
      "networks",
      "parseAmount",
      "verifyReceipt",
    ]
  `);
});
