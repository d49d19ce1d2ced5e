import type { ReadBlockOptions } from './content-source.ts';

/** Reads bytes from a place that does not tell what they should be: a URL, a file. */
export interface LocationSource {
  /** The bytes at a place; throws a `BaseError` when they cannot be had. */
  readLocation(place: string, options: ReadBlockOptions): Promise<LocationAnswer>;
}

/** What was at a place. */
export interface LocationAnswer {
  readonly bytes: Uint8Array;
  /** Who delivered it, without secrets: the origin of a URL, the absolute path of a file. */
  readonly provider: string;
}
