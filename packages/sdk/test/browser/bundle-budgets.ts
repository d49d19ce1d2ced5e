/** Most bytes of one entry, all of its exports used. */
export interface BundleBudget {
  /** Minified, of what is loaded at once. */
  readonly minified: number;
  /** The same, compressed as servers do. */
  readonly gzip: number;
  /** Compressed, of what is loaded later, by those who need it. */
  readonly lazyGzip: number;
}

/**
 * What each entry may weigh in a browser. Above it the test fails; far below it, too: then the row is
 * to be lowered.
 */
export const bundleBudgets: Readonly<Record<string, BundleBudget>> = {
  '@snetkit/core': { minified: 113_000, gzip: 39_000, lazyGzip: 0 },
  '@snetkit/contracts': { minified: 497_000, gzip: 153_000, lazyGzip: 0 },
  '@snetkit/contracts/signers': { minified: 97_000, gzip: 34_000, lazyGzip: 15_000 },
  '@snetkit/protos': { minified: 171_000, gzip: 53_000, lazyGzip: 0 },
  '@snetkit/protos/state': { minified: 66_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/control': { minified: 65_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/token': { minified: 64_000, gzip: 17_000, lazyGzip: 0 },
  '@snetkit/protos/training': { minified: 74_000, gzip: 21_000, lazyGzip: 0 },
  '@snetkit/protos/configuration': { minified: 67_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/protos/health': { minified: 65_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/pricing': { minified: 64_000, gzip: 17_000, lazyGzip: 0 },
  '@snetkit/metadata': { minified: 169_000, gzip: 57_000, lazyGzip: 24_000 },
  '@snetkit/payments': { minified: 291_000, gzip: 90_000, lazyGzip: 0 },
  '@snetkit/sdk': { minified: 898_000, gzip: 279_000, lazyGzip: 24_000 },
};
