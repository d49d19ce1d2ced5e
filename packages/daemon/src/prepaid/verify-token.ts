import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';

/** A token whose signature is good and whose time has not passed, or why it is not believed. */
export type VerifiedToken =
  | { readonly claims: JWTPayload /** Unix seconds. */; readonly expires: number }
  | { readonly problem: string };

/** The problem of a token whose time has passed. */
export const expiredToken = 'token has invalid claims: token is expired';

/**
 * Checks signature and times of a token: any HMAC algorithm with the secret, as the official daemon
 * does. Problems are told in the words of its library (golang-jwt), without anything of the token.
 */
export async function verifyToken(
  token: string,
  /** `now` in Unix seconds. */
  { secret, now }: { secret: Uint8Array; now: number },
): Promise<VerifiedToken> {
  if (token.split('.').length !== 3) {
    return { problem: 'token is malformed: token contains an invalid number of segments' };
  }
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256', 'HS384', 'HS512'],
      requiredClaims: ['exp'],
      currentDate: new Date(now * 1000),
    });
    return { claims: payload, expires: payload.exp ?? 0 };
  } catch (fault) {
    return { problem: describe(fault, token) };
  }
}

function describe(fault: unknown, token: string): string {
  if (fault instanceof errors.JWSSignatureVerificationFailed) {
    return 'token signature is invalid: signature is invalid';
  }
  if (fault instanceof errors.JOSEAlgNotAllowed) {
    return `token is unverifiable: error while executing keyfunc: unexpected signing method: ${algorithmOf(token)}`;
  }
  if (fault instanceof errors.JWTExpired) return expiredToken;
  if (fault instanceof errors.JWTClaimValidationFailed) {
    if (fault.claim === 'nbf') return 'token has invalid claims: token is not valid yet';
    return `token has invalid claims: ${fault.claim} claim is required`;
  }
  return 'token is malformed: it cannot be decoded';
}

function algorithmOf(token: string): string {
  const { alg } = decodeProtectedHeader(token);
  return typeof alg === 'string' && /^[\w-]{1,20}$/.test(alg) ? alg : 'unknown';
}
