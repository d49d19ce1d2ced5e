import { hash } from 'node:crypto';

/** Tokens remembered at once; the oldest is verified again when it comes back. */
const maxTokens = 10_000;

/** What a token that was believed said. */
export interface BelievedToken {
  readonly channelId: bigint;
  /** Checksummed address. */
  readonly payer: string;
  /** Unix seconds. */
  readonly expires: number;
}

/** Tokens that were believed once. */
export interface TokenCache {
  find(token: string): BelievedToken | undefined;
  add(token: string, believed: BelievedToken): void;
}

/**
 * An empty memory. Tokens are known by their SHA-256: the memory holds nothing that could be used, and
 * how long a look takes tells nothing about a token.
 */
export function createTokenCache({ max = maxTokens } = {}): TokenCache {
  const known = new Map<string, BelievedToken>();
  return {
    find: (token) => known.get(digest(token)),
    add(token, believed) {
      if (known.size >= max) {
        const [oldest = ''] = known.keys();
        known.delete(oldest);
      }
      known.set(digest(token), believed);
    },
  };
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}
