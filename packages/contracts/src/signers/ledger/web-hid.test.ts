import { createRequire } from 'node:module';
import type * as WebHid from '@ledgerhq/hw-transport-webhid';
import { bytesToHex } from '@snetkit/core';
import { afterEach, expect, test, vi } from 'vitest';
import { createHidSide } from '../../../test/signers/hid-device.ts';
import { createLedgerDevice } from '../../../test/signers/ledger-device.ts';
import { address, claims, transactions } from '../../../test/signers/samples.ts';
import { ledgerSigner } from '../ledger.ts';

// Its ES modules do not load in Node, its CommonJS ones do.
const require = createRequire(import.meta.url);
const { default: TransportWebHID } =
  require('@ledgerhq/hw-transport-webhid') as typeof WebHid.default;

afterEach(() => {
  vi.unstubAllGlobals();
});

test('default: Ledger’s own transport for browsers', async () => {
  const target = new EventTarget();
  const side = createHidSide(createLedgerDevice(), (report) => {
    const event = new Event('inputreport');
    const data = new DataView(Uint8Array.from(report).buffer);
    target.dispatchEvent(Object.assign(event, { data }));
  });
  const hidDevice = Object.assign(target, {
    ...{ vendorId: 0x2c97, productId: 0x5011, opened: false },
    open: async () => {},
    close: async () => {},
    sendReport: async (_: number, report: Uint8Array) => side.receive(report),
  });
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => [hidDevice],
    requestDevice: async () => [hidDevice],
  });
  vi.stubGlobal('navigator', { hid });
  const transport = await TransportWebHID.create();
  const signer = await ledgerSigner({ transport });
  expect(signer.address).toBe(address);
  for (const { packed, signature } of claims) {
    expect(bytesToHex(await signer.signMessage(packed))).toBe(signature);
  }
  for (const { asked, raw } of transactions) expect(await signer.signTransaction(asked)).toBe(raw);
  await transport.close();
});
