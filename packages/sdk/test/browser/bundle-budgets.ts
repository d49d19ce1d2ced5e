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
  '@snetkit/core': { minified: 126_000, gzip: 44_000, lazyGzip: 0 },
  '@snetkit/contracts': { minified: 510_000, gzip: 156_000, lazyGzip: 0 },
  '@snetkit/contracts/signers': { minified: 92_000, gzip: 32_000, lazyGzip: 16_000 },
  '@snetkit/contracts/signers/mnemonic': { minified: 134_000, gzip: 51_000, lazyGzip: 16_000 },
  '@snetkit/contracts/signers/keystore': { minified: 105_000, gzip: 37_000, lazyGzip: 16_000 },
  '@snetkit/contracts/signers/ledger': { minified: 101_000, gzip: 36_000, lazyGzip: 16_000 },
  '@snetkit/contracts/signers/wallet': { minified: 105_000, gzip: 37_000, lazyGzip: 18_000 },
  '@snetkit/contracts/signers/remote': { minified: 103_000, gzip: 36_000, lazyGzip: 18_000 },
  '@snetkit/protos': { minified: 188_000, gzip: 59_000, lazyGzip: 0 },
  '@snetkit/protos/state': { minified: 72_000, gzip: 20_000, lazyGzip: 0 },
  '@snetkit/protos/control': { minified: 71_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/protos/token': { minified: 70_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/protos/training': { minified: 81_000, gzip: 23_000, lazyGzip: 0 },
  '@snetkit/protos/configuration': { minified: 73_000, gzip: 20_000, lazyGzip: 0 },
  '@snetkit/protos/health': { minified: 71_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/protos/pricing': { minified: 70_000, gzip: 19_000, lazyGzip: 0 },
  '@snetkit/metadata': { minified: 249_000, gzip: 80_000, lazyGzip: 22_000 },
  '@snetkit/payments': { minified: 313_000, gzip: 96_000, lazyGzip: 0 },
  '@snetkit/payments/browser': { minified: 112_000, gzip: 39_000, lazyGzip: 16_000 },
  '@snetkit/sdk': { minified: 882_000, gzip: 273_000, lazyGzip: 48_000 },
};
