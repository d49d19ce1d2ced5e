import { BaseError } from '@snetkit/core';

// A state file is text: a head, one line for each record, and a foot with the checksum of all lines
// before it. Docs: docs/moving-state.md.

/** The first line. */
export interface StateFileHead {
  readonly format: 'snetkit-state';
  /** Of the file; the records have the schema version of their scope. */
  readonly version: 1;
  /** `snetkit/1/<chain id>/<mpe>/<organization>/<group>`: whose state it is. */
  readonly scope: string;
  /** Driver that it came from. */
  readonly store: string;
  readonly exportedAt: string;
  /** Epoch of the store; the restored one is beyond it. */
  readonly epoch: string;
}

/** A record. */
export interface StateFileRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/** The last line. */
export interface StateFileFoot {
  readonly records: number;
  /** Highest version of a record; those of the store that takes the file go on above it. */
  readonly highestVersion: string;
  /** Of everything before this line, in lower-case hex. */
  readonly sha256: string;
}

/** Keys that belong to a store or to processes, not to the group's state. */
export function isVolatileKey(key: string): boolean {
  return key === 'epoch' || key.startsWith('serving/') || key.startsWith('replica/');
}

/** An error of the file's content. */
export function invalidStateFile(path: string, found: string, line?: number): BaseError {
  return new BaseError('STATE_FILE_INVALID', 'The state file cannot be used.', {
    place: line === undefined ? path : `${path}:${line}`,
    found,
  });
}
