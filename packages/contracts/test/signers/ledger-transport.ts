import { createRequire } from 'node:module';
import type * as Ledger from '@ledgerhq/hw-transport';
import type { LedgerTransport } from '../../src/signers/ledger.ts';
import type { LedgerDevice } from './ledger-device.ts';

const require = createRequire(import.meta.url);
const { default: Transport } = require('@ledgerhq/hw-transport') as typeof Ledger.default;

/** Ledger's own transport class, with a simulated device at its end. */
export function connectLedger(device: LedgerDevice): LedgerTransport {
  class SimulatedTransport extends Transport {
    override exchange(apdu: Buffer): Promise<Buffer> {
      return this.exchangeAtomicImpl(async () => Buffer.from(device.handle(apdu)));
    }
  }
  return new SimulatedTransport();
}
