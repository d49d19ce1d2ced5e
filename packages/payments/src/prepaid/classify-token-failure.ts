import { ConnectError } from '@connectrpc/connect';
import { isUnserved } from '../outcome/is-unserved.ts';
import { readStatus } from '../outcome/read-status.ts';

/**
 * What a refused GetToken means. `again`: nothing is known, or somebody else is at it: the same request
 * may be sent again; `block`: it was signed for a block that is too old; `resynchronise`: daemon and
 * client count differently; `funds`: the channel needs money or time; `refused`: it will never be granted.
 */
export type TokenFailure = 'again' | 'block' | 'resynchronise' | 'funds' | 'refused';

// All refusals have code 2 (daemon.md, sections 4.4 and 11.3).
const known: readonly [text: RegExp, failure: TokenFailure][] = [
  [/^another transaction on channel/, 'again'],
  [/^cannot get mutex for channel/, 'again'],
  [/^unable to store new payment channel state/, 'again'],
  [/^authentication failed as the signature passed has expired/, 'block'],
  [/^incorrect payment channel nonce/, 'resynchronise'],
  [/^income -?[0-9]+ does not equal to price/, 'resynchronise'],
  [/^signed amount for token request needs to be greater than last/, 'resynchronise'],
  [/^signed amount for token request cannot be greater than full/, 'funds'],
  [/^not enough tokens on payment channel/, 'funds'],
  [/^payment channel is near to be expired/, 'funds'],
];

/** Understands why a daemon gave no token. */
export function classifyTokenFailure(error: unknown): TokenFailure {
  if (isUnserved(error)) return 'refused';
  const status = error instanceof ConnectError ? readStatus(error) : undefined;
  if (status === undefined) return 'again';
  return known.find(([text]) => text.test(status.message))?.[1] ?? 'refused';
}
