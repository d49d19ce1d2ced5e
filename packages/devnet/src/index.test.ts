import { expect, test } from 'vitest';
import * as devnet from './index.ts';

test('behavior: what this package exports', () => {
  expect(Object.keys(devnet).sort()).toMatchInlineSnapshot(`
    [
      "createTestAccounts",
      "deployContracts",
      "deriveTestAccount",
      "findFreePort",
      "getDevnetDescriptorFolder",
      "mergeProtos",
      "publishService",
      "readDevnetDescriptor",
      "readExampleProtos",
      "startContentStore",
      "startDaemon",
      "startDevnet",
      "startExampleService",
      "testMnemonic",
    ]
  `);
});
