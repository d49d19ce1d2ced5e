/** How much source `compileProtos` reads before it gives up; sources may come from strangers. */
export interface CompileLimits {
  /** Bytes of all sources together, as UTF-8. */
  readonly maxBytes: number;
  /** Number of `.proto` files. */
  readonly maxFiles: number;
  /** Definitions, option values and ranges of all files together. */
  readonly maxElements: number;
  /** How deep messages, and the braces of option values, may be nested. */
  readonly maxDepth: number;
}

/** Far above what services publish, far below what hurts. */
export const defaultLimits: CompileLimits = {
  maxBytes: 8 * 1024 * 1024,
  maxFiles: 1000,
  maxElements: 200_000,
  maxDepth: 32,
};
