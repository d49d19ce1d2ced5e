import { expect, test } from 'vitest';
import * as surface from './index.ts';
import * as signers from './signers.ts';

test('default: the public surface', () => {
  expect(Object.keys(surface)).toMatchInlineSnapshot(`
    [
      "getBlockNumber",
      "getChainId",
      "getDeploymentBlock",
      "addFunds",
      "claimChannel",
      "claimTimeout",
      "deposit",
      "depositAndOpenChannel",
      "extendAndAddFunds",
      "extendChannel",
      "findChannels",
      "getChannel",
      "getEscrowBalance",
      "getEscrowToken",
      "openChannel",
      "scanChannels",
      "withdraw",
      "getEscrowEvents",
      "escrowContract",
      "multiPartyEscrowAbi",
      "registryContract",
      "registryAbi",
      "tokenContract",
      "tokenAbi",
      "createOrganization",
      "createService",
      "deleteOrganization",
      "deleteService",
      "getOrganization",
      "getService",
      "listOrganizations",
      "updateOrganization",
      "updateService",
      "createChainClient",
      "readContract",
      "privateKeySigner",
      "approve",
      "approveMissing",
      "getAllowance",
      "getTokenBalance",
      "getTokenInfo",
      "transferTokens",
      "cancelTransaction",
      "adjustGasPrice",
      "getReceipt",
      "createMemoryJournal",
      "listPendingTransactions",
      "resumeTransactions",
      "sendContractTransaction",
      "speedUpTransaction",
      "waitForReceipt",
    ]
  `);
});

test('default: the surface of ./signers', () => {
  expect(Object.keys(signers)).toMatchInlineSnapshot(`
    [
      "privateKeySigner",
    ]
  `);
});
