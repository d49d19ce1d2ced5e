import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Ledger from '@ledgerhq/hw-transport';
import type { LedgerTransport } from '../../signers/ledger/ledger-transport.ts';
import type { HidDevice } from './hid-device.ts';
import { joinHidFrames, toHidFrames } from './hid-frames.ts';

// Its ES modules do not load in Node, its CommonJS ones do.
const require = createRequire(import.meta.url);

/** How long one look for a report takes; a device that waits for its user says nothing for minutes. */
const readMs = 1_000;

/** A connection to a device that must be closed. */
export interface OpenLedgerTransport extends LedgerTransport {
  close(): Promise<void>;
}

/** Ledger's transport over a USB device for reports. */
export function createHidTransport(device: HidDevice): OpenLedgerTransport {
  const { default: Base } = require('@ledgerhq/hw-transport') as typeof Ledger.default;
  const channel = randomInt(1, 0x10000);
  let closed = false;

  class HidTransport extends Base {
    override exchange(apdu: Buffer): Promise<Buffer> {
      return this.exchangeAtomicImpl(async () => {
        for (const frame of toHidFrames(channel, apdu)) await device.write([0, ...frame]);
        const answer = joinHidFrames(channel);
        while (!closed) {
          const frame = await device.read(readMs);
          const whole = frame && answer.add(Buffer.from(frame));
          if (whole) return whole;
        }
        throw new TypeError('the transport was closed');
      });
    }

    override async close(): Promise<void> {
      closed = true;
      await this.exchangeBusyPromise;
      await device.close();
    }
  }
  return new HidTransport();
}
