/** How much of an archive is accepted; everything in it counts, also what is skipped. */
export interface ArchiveLimits {
  /** Entries, directories included; 1000 unless given. */
  readonly maxEntries?: number | undefined;
  /** Bytes of one file; 4 MiB unless given. */
  readonly maxFileBytes?: number | undefined;
  /** Bytes of the unpacked tar; 16 MiB unless given. */
  readonly maxTotalBytes?: number | undefined;
}

/** Limits far above any real set of protos, and far below what hurts. */
export const defaultArchiveLimits = {
  maxEntries: 1000,
  maxFileBytes: 4 * 1024 * 1024,
  maxTotalBytes: 16 * 1024 * 1024,
} as const;
