/** What an entry of a tar archive is; links, devices and the like have no name here: they are refused. */
export type TarEntryType = 'file' | 'directory';

/** One entry of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly type: TarEntryType;
  readonly data: Uint8Array;
}

/** Everything in a tar archive comes in blocks of this many bytes. */
export const tarBlockBytes = 512;
