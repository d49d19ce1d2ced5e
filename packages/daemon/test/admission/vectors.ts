import { readFileSync } from 'node:fs';

const file = new URL('../../fixtures/rate-limit-intervals.json', import.meta.url);

/** What the official daemon makes of `rate_limit_per_minute`. */
export const vectors: {
  readonly rateLimitIntervals: readonly {
    readonly rate_limit_per_minute: string;
    readonly interval: string;
  }[];
} = JSON.parse(readFileSync(file, 'utf8'));
