import { BaseError } from '@snetkit/core';
import { createHidTransport, type OpenLedgerTransport } from './create-hid-transport.ts';

/** Ledger's number among the makers of USB devices. */
const vendorId = 0x2c97;

/** Options of {@link openLedger}. */
export interface OpenLedgerOptions {
  /** Path of the USB device when several are connected; the first one when not given. */
  readonly path?: string | undefined;
}

/**
 * Opens the Ledger device at a USB port of this machine, for `ledgerSigner`. Needs the package `node-hid`
 * beside this one, which brings its native part along.
 *
 * @throws BaseError `SIGNER_UNAVAILABLE`
 *
 * @example
 * ```ts
 * const transport = await openLedger();
 * const account = await ledgerSigner({ transport });
 * await transport.close();
 * ```
 */
export async function openLedger({ path }: OpenLedgerOptions = {}): Promise<OpenLedgerTransport> {
  const { HIDAsync, devicesAsync, setDriverType } = await loadHid();
  try {
    // The other driver of Linux needs a library that most machines do not have.
    if (process.platform === 'linux') setDriverType('hidraw');
    const devices = await devicesAsync();
    const ledgers = devices.filter(
      (one) => one.vendorId === vendorId && (one.interface === 0 || one.usagePage === 0xffa0),
    );
    const found = path ?? ledgers.find((one) => one.path !== undefined)?.path;
    if (found !== undefined) return createHidTransport(await HIDAsync.open(found));
  } catch (cause) {
    throw new BaseError('SIGNER_UNAVAILABLE', 'The USB device cannot be opened.', {
      cause,
      hint: 'close other programs that use it; on Linux, install the udev rules of Ledger and libudev',
    });
  }
  throw new BaseError('SIGNER_UNAVAILABLE', 'No Ledger device is connected.', {
    hint: 'connect it and unlock it',
  });
}

async function loadHid(): Promise<typeof import('node-hid')> {
  try {
    return await import('node-hid');
  } catch (cause) {
    throw new BaseError('SIGNER_UNAVAILABLE', 'USB devices cannot be used from here.', {
      cause,
      hint: 'install the package node-hid beside @snetkit/contracts',
    });
  }
}
