import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@snetkit/core';
import { askEtcd, startEtcd } from '@snetkit/etcd';
import { createEtcdOfficialStore } from '../../src/official-state/etcd-official-store.ts';
import { openSqliteWriter } from '../../src/store/sqlite-entries.ts';

/** A store that a test can fill to the brim, and make room in again. */
export interface FillableStore {
  /** Settings of a daemon that uses it. */
  readonly config: JsonObject;
  /** From here on nothing new fits. */
  fill(): Promise<void>;
  /** What an operator does. */
  makeRoom(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Whether this process may mount a small file system. */
export function canMount(): boolean {
  return process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
}

/** An SQLite store on a disk of 8 MiB. */
export async function createFillableSqlite(): Promise<FillableStore> {
  const disk = await mkdtemp(join(tmpdir(), 'snet-full-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  if (mounted.status !== 0) throw new RangeError(String(mounted.stderr));
  const path = join(disk, 'storage');
  const filler = join(disk, 'filler');
  let release: (() => void) | undefined;

  async function makeRoom(): Promise<void> {
    release?.();
    rmSync(filler, { force: true });
  }

  return {
    config: { payment_channel_storage_path: path },
    async fill() {
      // A log that everybody has read is begun anew, in its old place. A reader that stays keeps it.
      const reader = openSqliteWriter(path);
      reader.exec('BEGIN; SELECT count(*) FROM entries');
      release = () => {
        release = undefined;
        reader.close();
      };
      const file = openSync(filler, 'w');
      try {
        for (let size = 1 << 16; size >= 1; ) {
          try {
            writeSync(file, Buffer.alloc(size));
          } catch {
            size >>= 1;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    makeRoom,
    async [Symbol.asyncDispose]() {
      await makeRoom();
      spawnSync('umount', [disk]);
      await rm(disk, { recursive: true, force: true });
    },
  };
}

/** An etcd with a quota of 2 MiB. */
export async function createFillableEtcd(): Promise<FillableStore> {
  const etcd = await startEtcd({ quotaBytes: 2 ** 21 });
  const [endpoint = ''] = etcd.endpoints;
  const client = createEtcdOfficialStore({ endpoints: etcd.endpoints });
  return {
    config: {
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [...etcd.endpoints] },
      payment_channel_storage_lease: '2s',
    },
    async fill() {
      const value = Buffer.alloc(500_000, 120);
      for (let i = 0; ; i += 1) {
        const isFull = await client.put(`fill/${i}`, value, 0n).then(
          () => false,
          () => true,
        );
        if (isFull) return;
      }
    },
    async makeRoom() {
      const key = Buffer.from('fill/').toString('base64');
      const range_end = Buffer.from('fill0').toString('base64');
      const { header } = await askEtcd(endpoint, 'kv/deleterange', { key, range_end });
      const { revision } = header as { revision: string };
      await askEtcd(endpoint, 'kv/compaction', { revision, physical: true });
      await askEtcd(endpoint, 'maintenance/defragment', {});
      const { member_id: memberID } = header as { member_id: string };
      const alarm = { action: 'DEACTIVATE', memberID, alarm: 'NOSPACE' };
      await askEtcd(endpoint, 'maintenance/alarm', alarm);
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await etcd.stop();
    },
  };
}
