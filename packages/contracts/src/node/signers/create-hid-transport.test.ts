import { bytesToHex } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { createHidSide } from '../../../test/signers/hid-device.ts';
import { createLedgerDevice } from '../../../test/signers/ledger-device.ts';
import { address, claims, transactions } from '../../../test/signers/samples.ts';
import { ledgerSigner } from '../../signers/ledger.ts';
import { createHidTransport } from './create-hid-transport.ts';
import type { HidDevice } from './hid-device.ts';
import { openLedger } from './open-ledger.ts';

/** A USB device with a simulated Ledger inside, whose frames Ledger's own code makes. */
function createUsbDevice(options: { noise?: boolean; silent?: boolean } = {}) {
  const ledger = createLedgerDevice();
  const reports: Buffer[] = [];
  const waiting: ((report: Buffer | undefined) => void)[] = [];
  const push = (report: Uint8Array) => {
    const next = waiting.shift();
    if (next) next(Buffer.from(report));
    else reports.push(Buffer.from(report));
  };
  const side = createHidSide(ledger, push);
  let open = true;
  const device: HidDevice = {
    async write(report) {
      expect(report[0]).toBe(0);
      expect(report).toHaveLength(65);
      // Left over from a program that was ended, on another channel.
      if (options.noise) push(Buffer.alloc(64, 7));
      if (!options.silent) side.receive(Buffer.from(report).subarray(1));
      return report.length;
    },
    read: async () =>
      reports.shift() ??
      (await new Promise((resolve) => {
        if (options.silent) resolve(undefined);
        else waiting.push(resolve);
      })),
    async close() {
      open = false;
    },
  };
  return { ledger, device, isOpen: () => open };
}

describe('createHidTransport', () => {
  test.each([{ noise: false }, { noise: true }])('default: signs, %o', async (options) => {
    const { ledger, device, isOpen } = createUsbDevice(options);
    const transport = createHidTransport(device);
    const signer = await ledgerSigner({ transport });
    expect(signer.address).toBe(address);
    for (const { packed, signature } of claims) {
      expect(bytesToHex(await signer.signMessage(packed))).toBe(signature);
    }
    for (const { asked, raw } of transactions) {
      expect(await signer.signTransaction(asked)).toBe(raw);
    }
    ledger.state.user = 'refuses';
    expect((await failure(signer.signMessage(new Uint8Array(1)))).code).toBe('SIGNER_REFUSED');
    await transport.close();
    expect(isOpen()).toBe(false);
  });

  test('behavior: closing ends what a silent device keeps waiting', async () => {
    const { device, isOpen } = createUsbDevice({ silent: true });
    const transport = createHidTransport(device);
    const waiting = failure(ledgerSigner({ transport }));
    await transport.close();
    expect((await waiting).code).toBe('SIGNER_UNAVAILABLE');
    expect(isOpen()).toBe(false);
  });
});

test('error: no device at this machine', async () => {
  const error = await failure(openLedger());
  expect(error.code).toBe('SIGNER_UNAVAILABLE');
  // Some machines have not even the library that looks for devices.
  expect(['No Ledger device is connected.', 'The USB device cannot be opened.']).toContain(
    error.shortMessage,
  );
});
