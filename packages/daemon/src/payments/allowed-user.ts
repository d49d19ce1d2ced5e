import {
  type AllowedUserHeaders,
  BaseError,
  checksumAddress,
  type Keccak256,
  packClaimMessage,
  parseAllowedUserHeaders,
  type SignatureRecovery,
} from '@snetkit/core';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type Metadata, statusCode } from '../call/status.ts';
import { recoverPlainSigner } from '../crypto/recover-plain-signer.ts';
import { type AllowedUsers, curationText } from './allowed-users.ts';
import type { PaymentType } from './payment.ts';
import { unpaid } from './unpaid.ts';

/** Who may call, and how it is found out who does. */
export interface AllowedUserOptions {
  readonly isAllowedUser: AllowedUsers;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  readonly counters: { signatureRecoveries: number };
}

/**
 * Lets listed addresses in while the blockchain is switched off (daemon.md 4.6): they sign a claim as
 * for a channel, which nobody looks up. Clients need not know, so that its name is that of a channel.
 */
export function createAllowedUserPayment(options: AllowedUserOptions): PaymentType {
  return {
    name: 'escrow',
    async begin(head, context) {
      const signer = recover(readHeaders(head.metadata), options);
      if (!options.isAllowedUser(signer)) throw refuse(curationText);
      const payer = checksumAddress(signer);
      const admit = () => context.admit({ address: payer });
      return { ...(await unpaid.begin(head, { ...context, admit })), payer };
    },
  };
}

function readHeaders(metadata: Metadata): AllowedUserHeaders {
  try {
    return parseAllowedUserHeaders((name) => [metadata[name] ?? []].flat());
  } catch (cause) {
    if (!(cause instanceof BaseError)) throw cause;
    throw new PaymentRefusal(statusCode.invalidArgument, cause.shortMessage, { cause });
  }
}

function recover(claim: AllowedUserHeaders, options: AllowedUserOptions): string {
  const { recovery, keccak, counters } = options;
  const { signature } = claim;
  counters.signatureRecoveries += 1;
  try {
    return recoverPlainSigner({ message: packClaimMessage(claim), signature, recovery, keccak });
  } catch (cause) {
    throw refuse(BaseError.from(cause).shortMessage, cause);
  }
}

function refuse(message: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, `internal error: ${message}`, { cause });
}
