import type { JsonObject } from '@snetkit/core';
import type { EtcdMember } from '@snetkit/etcd';
import type { SmallDisk } from './small-disk.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** The store of a world, and how it can be hurt. */
export interface StoreSide {
  /** `SQLite`, `etcd, 1 member`, `etcd, 3 members`. */
  readonly name: string;
  /** Directory of the SQLite file. */
  readonly path: string | undefined;
  /** Seconds until a dead owner is known to be dead; undefined where the kernel tells at once. */
  readonly leaseSeconds: number | undefined;
  /** Keys of a replica's configuration; each replica has wires of its own. */
  configOf(replica: number): JsonObject;
  /** The wires of each replica to the store; none with SQLite. */
  readonly wires: readonly (readonly TcpProxy[])[];
  readonly members: readonly EtcdMember[];
  /** The file system of the SQLite file, when it is one that can be filled. */
  readonly disk: SmallDisk | undefined;
  heal(): Promise<void>;
  stop(): Promise<void>;
}
