import { createRequire } from 'node:module';
import type * as Framing from '@ledgerhq/hw-transport-webhid/lib/hid-framing';
import type { LedgerDevice } from './ledger-device.ts';

const require = createRequire(import.meta.url);
const { default: createFraming } =
  require('@ledgerhq/hw-transport-webhid/lib/hid-framing') as typeof Framing.default;

/** The USB side of a simulated Ledger: reports of 64 bytes go in, reports come out. */
export function createHidSide(device: LedgerDevice, send: (report: Uint8Array) => void) {
  let received: Parameters<ReturnType<typeof createFraming>['reduceResponse']>[0];
  return {
    receive(report: Uint8Array) {
      const frame = Buffer.from(report);
      const framing = createFraming(frame.readUInt16BE(), 64);
      received = framing.reduceResponse(received, frame);
      const apdu = framing.getReducedResult(received);
      if (!apdu) return;
      received = undefined;
      for (const block of framing.makeBlocks(Buffer.from(device.handle(apdu)))) send(block);
    },
  };
}
