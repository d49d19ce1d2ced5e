import {
  type Address,
  BaseError,
  bytesToHex,
  checksumAddress,
  hashPersonalMessage,
  keccak256,
  parseAddress,
} from '@snetkit/core';
import { checkSignedTransaction } from '../check-signed-transaction.ts';
import { completeSignature } from '../complete-signature.ts';
import { hashTypedData } from '../hash-typed-data.ts';
import { formatTransaction } from '../rpc/format-transaction.ts';
import { formatTypedData } from '../rpc/format-typed-data.ts';
import { readSignature } from '../rpc/read-signature.ts';
import type { Signer, SignOptions } from '../signer.ts';
import { type AskRemote, createRemote, type RemoteOptions } from './create-remote.ts';

/** Options of {@link remoteSigner}. */
export interface RemoteSignerOptions extends RemoteOptions, SignOptions {
  /** Which of its accounts; not needed when it has one only. */
  readonly address?: string | undefined;
  /** How it calls the signing of structured data; `eth_signTypedData` when not given. */
  readonly typedDataMethod?: 'eth_signTypedData' | 'eth_signTypedData_v4' | undefined;
}

/**
 * A signer with a key that a server keeps: Web3Signer, or a node that answers `eth_sign`,
 * `eth_signTypedData` and `eth_signTransaction`. Its answers are not believed: each signature is recovered,
 * and a transaction is written anew from what was asked.
 *
 * @throws BaseError `RPC_URL_INVALID`, `SIGNER_UNAVAILABLE` when it does not have the account, `RPC_...`,
 * `ABORTED`; its methods also throw `SIGNER_REFUSED` and `SIGNER_ANSWER_INVALID`
 *
 * @example
 * ```ts
 * const account = await remoteSigner({ url: 'https://signer.internal:9000', token });
 * ```
 */
export async function remoteSigner(options: RemoteSignerOptions): Promise<Signer> {
  const { typedDataMethod = 'eth_signTypedData', signal } = options;
  const wanted = options.address === undefined ? undefined : parseAddress(options.address);
  const { ask, host: place } = createRemote(options);
  const address = await chooseAccount(ask, { place, wanted, signal });
  return Object.freeze<Signer>({
    address,
    async signMessage(packed, how) {
      const answer = await ask('eth_sign', [address, bytesToHex(keccak256(packed))], how);
      const signature = readSignature(answer, place);
      return completeSignature({ hash: hashPersonalMessage(packed), signature, address, place });
    },
    async signTypedData(data, how) {
      const hash = await hashTypedData(data);
      const answer = await ask(typedDataMethod, [address, formatTypedData(data)], how);
      return completeSignature({ hash, signature: readSignature(answer, place), address, place });
    },
    async signTransaction(asked, how) {
      const answer = await ask('eth_signTransaction', [formatTransaction(asked, address)], how);
      // Web3Signer answers the raw bytes, geth an object with them.
      const raw = (answer as { raw?: unknown } | null)?.raw ?? answer;
      return checkSignedTransaction({ asked, raw, address, place });
    },
  });
}

async function chooseAccount(
  ask: AskRemote,
  options: { place: string; wanted: Address | undefined; signal: AbortSignal | undefined },
): Promise<Address> {
  const { place, wanted, signal } = options;
  const answer = await ask('eth_accounts', [], { signal });
  const accounts = Array.isArray(answer) ? answer.map((one) => checksumAddress(String(one))) : [];
  const [first, ...others] = accounts;
  const chosen = wanted ?? (others.length === 0 ? first : undefined);
  if (chosen !== undefined && accounts.includes(chosen)) return chosen;
  throw new BaseError('SIGNER_UNAVAILABLE', 'The remote signer does not have the account.', {
    place,
    expected: wanted ?? 'one account, or the address of one of several',
    found: `${accounts.length} accounts`,
  });
}
