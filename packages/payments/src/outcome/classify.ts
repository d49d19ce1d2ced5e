import { Code, ConnectError } from '@connectrpc/connect';
import { readStatus, type WireStatus } from './read-status.ts';

/**
 * What a failed call means for its payment.
 * `notCharged`: the daemon or the service answered with a status of its own;
 * `busy`: somebody holds the payment, ask again later;
 * `resynchronise`: daemon and client count differently;
 * `funds`, `expiry`: the channel needs more of it;
 * `inDoubt`: no answer, or one that leaves open whether the charge was taken back;
 * `usedUp`: nothing is left of what was given or bought beforehand;
 * `token`: the token is taken no more, a new one may be;
 * `block`: the signature is of a block that is too old;
 * `refused`: the daemon will never accept this payment.
 */
export type FailureKind =
  | 'notCharged'
  | 'busy'
  | 'resynchronise'
  | 'funds'
  | 'expiry'
  | 'inDoubt'
  | 'usedUp'
  | 'token'
  | 'block'
  | 'refused';

/** A failed call, understood. */
export interface Failure {
  readonly kind: FailureKind;
  /** What the daemon said; undefined when nothing came. */
  readonly status: WireStatus | undefined;
}

// Code and start of the text: a service may use the same codes for reasons of its own (daemon.md, section 11.3).
const known: readonly [code: number, text: RegExp, kind: FailureKind][] = [
  [1000, /^incorrect payment channel nonce/, 'resynchronise'],
  [16, /^income -?[0-9]+ does not equal to price [0-9]+$/, 'resynchronise'],
  [16, /^not enough tokens on payment channel/, 'funds'],
  [16, /^payment channel is near to be expired/, 'expiry'],
  [16, /^payment signature is not valid$/, 'refused'],
  [16, /^payment is not signed by channel signer\/sender$/, 'refused'],
  [16, /^payment channel "\{ID: [0-9]+\}" not found$/, 'refused'],
  [9, /^another transaction on channel: \{ID: [0-9]+\} is in progress$/, 'busy'],
  [13, /^cannot get mutex for channel/, 'busy'],
  [13, /^unable to store new payment channel state$/, 'inDoubt'],
  [13, /^payment channel error: /, 'refused'],
  [13, /^cannot determine current block$/, 'notCharged'],
  // Free calls (daemon.md, section 4.2).
  [13, /^internal error: free call limit has been exceeded, /, 'usedUp'],
  [
    13,
    /^internal error: authentication failed as the Free Call Token passed has expired$/,
    'token',
  ],
  [16, /^token sign is not valid$/, 'token'],
  [3, /^invalid token: /, 'token'],
  [13, /^internal error: authentication failed as the signature passed has expired$/, 'block'],
  [16, /^sign is not valid: /, 'refused'],
  [9, /^another transaction on this user: /, 'busy'],
  [13, /^cannot get mutex for user: /, 'busy'],
  [13, /^unable to store new transaction free call user state$/, 'inDoubt'],
  // Prepaid calls (daemon.md, section 4.3).
  [13, /^internal error: Usage Exceeded on channel Id [0-9]+$/, 'usedUp'],
  [13, /^internal error: token /, 'token'],
  [
    13,
    /^internal error: payload .* used to generate the Token doesnt match expected values$/,
    'token',
  ],
];

/** Understands how a call failed before its first message. */
export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof ConnectError)) return { kind: 'inDoubt', status: undefined };
  const status = readStatus(error);
  if (status === undefined) return { kind: isUnsent(error) ? 'notCharged' : 'inDoubt', status };
  const match = known.find(([code, text]) => code === status.code && text.test(status.message));
  return { kind: match?.[2] ?? 'notCharged', status };
}

/** The request never left, or nobody took it up. */
function isUnsent(error: ConnectError): boolean {
  // The peer promises that it has not looked at the request (RFC 9113, 8.7).
  if (error.rawMessage.includes('NGHTTP2_REFUSED_STREAM')) return true;
  if (error.code !== Code.Unavailable && error.code !== Code.Unknown) return false;
  const cause = error.cause as { code?: unknown } | undefined;
  return unsentCodes.has(String(cause?.code));
}

const unsentCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'ENOTFOUND',
]);
