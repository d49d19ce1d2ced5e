import {
  type Address,
  BaseError,
  bytesToUtf8,
  checksumAddress,
  concatBytes,
  keccak256,
  withDeadline,
} from '@snetkit/core';
import type { SignOptions, UnsignedTransaction } from '../signer.ts';
import { describeLedgerError, type LedgerAction } from './describe-ledger-error.ts';
import type { LedgerTransport } from './ledger-transport.ts';
import { splitTransaction } from './split-transaction.ts';

/** Class of the instructions of the Ethereum application, and the instructions (protocol/sdk.md 6.5). */
const cla = 0xe0;
const instructions = {
  getAddress: 0x02,
  signTransaction: 0x04,
  signMessage: 0x08,
  signTypedData: 0x0c,
};

/** The Ethereum application of a device, at one account. Signatures are 64 bytes `r||s`, not yet checked. */
export interface LedgerApp {
  /** Asks the user to compare the address on the display when `confirm` is set. */
  getAddress(options: SignOptions & { confirm: boolean }): Promise<Address>;
  /** Signs 32 bytes as a personal message. */
  signMessage(hash: Uint8Array, options?: SignOptions): Promise<Uint8Array>;
  /** Signs the two hashes of structured data. */
  signTypedData(
    parts: { domain: Uint8Array; message: Uint8Array },
    options?: SignOptions,
  ): Promise<Uint8Array>;
  /** Signs the bytes of a transaction. */
  signTransaction(
    options: SignOptions & { encoded: Uint8Array; transaction: UnsignedTransaction },
  ): Promise<Uint8Array>;
}

/** Devices answer one after the other: who asks earlier breaks into what another one has begun. */
const turns = new WeakMap<LedgerTransport, Promise<unknown>>();

/** Speaks with the Ethereum application over a transport. */
export function createLedgerApp(
  transport: LedgerTransport,
  { steps, timeoutMs }: { steps: readonly number[]; timeoutMs: number },
): LedgerApp {
  const path = encodePath(steps);

  /** Sends the bodies one after the other and returns the last answer without its status. */
  const exchange = (
    action: LedgerAction,
    { ins, p1 = 0, bodies }: { ins: number; p1?: number; bodies: readonly Uint8Array[] },
    { signal }: SignOptions = {},
  ) =>
    withDeadline({ what: `Asking the device for ${action}`, timeoutMs, signal }, (deadline) => {
      const work = async () => {
        let answer: Uint8Array = new Uint8Array();
        for (const [at, body] of bodies.entries()) {
          // Who has given up shall not make the device show something later.
          deadline.throwIfAborted();
          answer = await transport.send(cla, ins, at === 0 ? p1 : 0x80, 0, toBuffer(body));
        }
        return Uint8Array.from(answer.subarray(0, -2));
      };
      const turn = (turns.get(transport) ?? Promise.resolve()).then(work);
      turns.set(
        transport,
        turn.catch(() => {}),
      );
      return turn.catch((error: unknown) => {
        throw describeLedgerError(error, action);
      });
    });

  const sign = async (...request: Parameters<typeof exchange>) => {
    const answer = await exchange(...request);
    // v||r||s; v is cut to one byte, and found out again from the address.
    if (answer.length === 65) return answer.subarray(1);
    throw unreadable(`${answer.length} bytes instead of a signature`);
  };

  return {
    async getAddress({ confirm, signal }) {
      const request = { ins: instructions.getAddress, p1: confirm ? 1 : 0, bodies: [path] };
      return readAddress(await exchange('the address', request, { signal }));
    },
    signMessage(hash, how) {
      const body = concatBytes(path, encodeUint32(hash.length), hash);
      return sign('a message', { ins: instructions.signMessage, bodies: [body] }, how);
    },
    signTypedData({ domain, message }, how) {
      const body = concatBytes(path, domain, message);
      return sign('typed data', { ins: instructions.signTypedData, bodies: [body] }, how);
    },
    signTransaction({ encoded, transaction: { type, chainId }, signal }) {
      const legacyChainId = type === 'legacy' ? chainId : undefined;
      const bodies = splitTransaction({ path, transaction: encoded, legacyChainId });
      return sign('a transaction', { ins: instructions.signTransaction, bodies }, { signal });
    },
  };
}

function encodePath(steps: readonly number[]): Uint8Array {
  return concatBytes(Uint8Array.of(steps.length), ...steps.map(encodeUint32));
}

function encodeUint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Ledger's own transports take Node's kind of array where there is one. */
function toBuffer(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as { Buffer?: { from(bytes: Uint8Array): Uint8Array } };
  return Buffer?.from(bytes) ?? bytes;
}

/** Public key and address text, each with its length before it; the address is computed, not believed. */
function readAddress(answer: Uint8Array): Address {
  const keyLength = answer[0] ?? 0;
  const key = answer.subarray(1, 1 + keyLength);
  const text = answer.subarray(2 + keyLength, 2 + keyLength + (answer[1 + keyLength] ?? 0));
  if (key.length !== 65 || text.length !== 40) throw unreadable('no public key and address');
  const address = checksumAddress(keccak256(key.subarray(1)).slice(12));
  if (address.slice(2).toLowerCase() === bytesToUtf8(text).toLowerCase()) return address;
  throw unreadable('an address that is not that of its public key');
}

function unreadable(found: string): BaseError {
  const message = 'The answer of the device cannot be used.';
  return new BaseError('SIGNER_ANSWER_INVALID', message, { place: 'Ledger', found });
}
