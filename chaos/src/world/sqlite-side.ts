import { join } from 'node:path';
import { mountSmallDisk } from './small-disk.ts';
import type { StoreSide } from './store-side.ts';

/** One SQLite file that both replicas share, on a small file system where one can be mounted. */
export function openSqliteSide(directory: string): StoreSide {
  const disk = mountSmallDisk(directory);
  const path = join(disk?.path ?? directory, 'storage');
  return {
    name: 'SQLite',
    path,
    leaseSeconds: undefined,
    configOf: () => ({
      payment_channel_storage_type: 'sqlite',
      payment_channel_storage_path: path,
    }),
    wires: [],
    members: [],
    disk,
    async heal() {
      disk?.free();
    },
    async stop() {
      disk?.unmount();
    },
  };
}
