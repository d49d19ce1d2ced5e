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
  '@snetkit/core': { minified: 120_000, gzip: 42_000, lazyGzip: 0 },
  '@snetkit/contracts': { minified: 514_000, gzip: 158_000, lazyGzip: 0 },
  '@snetkit/contracts/signers': { minified: 87_000, gzip: 30_000, lazyGzip: 15_000 },
  '@snetkit/contracts/signers/mnemonic': { minified: 124_000, gzip: 47_000, lazyGzip: 15_000 },
  '@snetkit/contracts/signers/keystore': { minified: 98_000, gzip: 34_000, lazyGzip: 15_000 },
  '@snetkit/contracts/signers/ledger': { minified: 95_000, gzip: 33_000, lazyGzip: 15_000 },
  '@snetkit/contracts/signers/wallet': { minified: 98_000, gzip: 34_000, lazyGzip: 17_000 },
  '@snetkit/contracts/signers/remote': { minified: 96_000, gzip: 34_000, lazyGzip: 17_000 },
  '@snetkit/protos': { minified: 174_000, gzip: 54_000, lazyGzip: 0 },
  '@snetkit/protos/state': { minified: 66_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/control': { minified: 65_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/token': { minified: 64_000, gzip: 17_000, lazyGzip: 0 },
  '@snetkit/protos/training': { minified: 74_000, gzip: 21_000, lazyGzip: 0 },
  '@snetkit/protos/configuration': { minified: 67_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/protos/health': { minified: 65_000, gzip: 18_000, lazyGzip: 0 },
  '@snetkit/protos/pricing': { minified: 64_000, gzip: 17_000, lazyGzip: 0 },
  '@snetkit/metadata': { minified: 253_000, gzip: 81_000, lazyGzip: 22_000 },
  '@snetkit/payments': { minified: 341_000, gzip: 104_000, lazyGzip: 0 },
  '@snetkit/payments/browser': { minified: 105_000, gzip: 37_000, lazyGzip: 15_000 },
  '@snetkit/sdk': { minified: 971_000, gzip: 307_000, lazyGzip: 52_000 },
};
