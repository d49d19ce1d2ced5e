import { BaseError, hashPersonalMessage, keccak256, parseAddress } from '@snetkit/core';
import { completeSignature } from '../complete-signature.ts';
import { type AccountPath, parseAccountPath } from '../derivation-path.ts';
import { encodeSigned, encodeUnsigned } from '../encode-transaction.ts';
import { hashTypedData, hashTypedDataParts } from '../hash-typed-data.ts';
import type { Signer, SignOptions } from '../signer.ts';
import { createLedgerApp } from './ledger-app.ts';
import type { LedgerTransport } from './ledger-transport.ts';

/** Options of {@link ledgerSigner}. */
export interface LedgerSignerOptions extends AccountPath, SignOptions {
  /** The connection to the device; who opened it closes it. */
  readonly transport: LedgerTransport;
  /** Shows the address on the device, where the user has to confirm it; false when not given. */
  readonly confirmAddress?: boolean | undefined;
  /** The address that the account must have; another device is refused. */
  readonly address?: string | undefined;
  /** Milliseconds that the user has to answer; 300,000 when not given. */
  readonly timeoutMs?: number | undefined;
}

/**
 * A signer with an account of a Ledger device, `m/44'/60'/0'/0/<index>` unless a path is given. The user
 * confirms each signature on the device; structured data is shown there as two hashes.
 *
 * @throws BaseError `DERIVATION_PATH_INVALID`, `SIGNER_UNAVAILABLE` when the device is locked, gone or shows
 * another application, `SIGNER_REFUSED` when the user says no, `SIGNER_ANSWER_INVALID`, `TIMED_OUT`, `ABORTED`
 *
 * @example
 * ```ts
 * const transport = await TransportWebHID.create(); // or openLedger() in Node
 * const account = await ledgerSigner({ transport, index: 0, confirmAddress: true });
 * ```
 */
export async function ledgerSigner(options: LedgerSignerOptions): Promise<Signer> {
  const { transport, index, path, timeoutMs = 300_000, signal } = options;
  const { confirmAddress: confirm = false } = options;
  const place = 'Ledger';
  const wanted = options.address === undefined ? undefined : parseAddress(options.address);
  const app = createLedgerApp(transport, { steps: parseAccountPath({ index, path }), timeoutMs });
  const address = await app.getAddress({ confirm, signal });
  if (wanted !== undefined && wanted !== address) {
    throw new BaseError('SIGNER_ANSWER_INVALID', 'The device has another account at this path.', {
      ...{
        place,
        expected: wanted,
        found: address,
        hint: 'check the device, the index and the path',
      },
    });
  }
  return Object.freeze<Signer>({
    address,
    async signMessage(packed, how) {
      const signature = await app.signMessage(keccak256(packed), how);
      return completeSignature({ hash: hashPersonalMessage(packed), signature, address, place });
    },
    async signTypedData(data, how) {
      const signature = await app.signTypedData(await hashTypedDataParts(data), how);
      return completeSignature({ hash: await hashTypedData(data), signature, address, place });
    },
    async signTransaction(transaction, how) {
      const encoded = await encodeUnsigned(transaction);
      const signature = await app.signTransaction({ ...how, encoded, transaction });
      const hash = keccak256(encoded);
      return encodeSigned(transaction, completeSignature({ hash, signature, address, place }));
    },
  });
}
