import { randomBytes } from 'node:crypto';
import {
  BaseError,
  bytesToHex,
  type ConfigurationMethod,
  type Keccak256,
  packConfigurationMessage,
  recoverSigner,
  type SignatureRecovery,
} from '@snetkit/core';
import type { CallerAuthentication } from '@snetkit/protos/configuration';
import type { BlockClock } from '../../chain/chain-view.ts';
import type { UsedRequest } from '../../group/control.ts';
import { assertInWindow } from '../block-window.ts';
import { serviceError } from '../service-error.ts';

/** What operators are told from others by. */
export interface AuthorizeOptions {
  /** `authentication_addresses`. */
  readonly operators: readonly string[];
  /** Absent without a chain: then nobody can tell how old a signature is. */
  readonly clock: BlockClock | undefined;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  readonly counters: { serviceRecoveries: number };
}

/**
 * Makes sure that an operator sent the request (daemon.md 3.11).
 *
 * @returns what marks the request as used, once it takes effect
 * @throws ConnectError with code 2
 */
export function authorizeOperator(
  method: ConfigurationMethod,
  auth: CallerAuthentication | undefined,
  options: AuthorizeOptions,
): UsedRequest {
  if (auth === undefined) throw serviceError('unauthorized access, the request carries no auth');
  const { currentBlock: block } = auth;
  const signer = recover(method, auth, options);
  if (!options.operators.some((operator) => operator.toLowerCase() === signer.toLowerCase())) {
    throw serviceError(`unauthorized access, ${signer} is not authorized`);
  }
  if (options.clock !== undefined) assertInWindow(block, options.clock);
  return { method, signer: signer.toLowerCase(), block, id: bytesToHex(randomBytes(16)) };
}

function recover(
  method: ConfigurationMethod,
  { signature, currentBlock: block }: CallerAuthentication,
  { recovery, keccak, counters }: AuthorizeOptions,
): string {
  counters.serviceRecoveries += 1;
  try {
    const message = packConfigurationMessage({ method, block });
    return recoverSigner({ message, signature, recovery, keccak });
  } catch (cause) {
    throw serviceError(BaseError.from(cause).shortMessage, cause);
  }
}
