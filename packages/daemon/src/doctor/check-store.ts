import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { BaseError } from '@snetkit/core';
import { describeEtcd } from '../serve/describe-etcd.ts';
import { readEtcdOptions } from '../serve/read-etcd-options.ts';
import type { Check, Finding } from './finding.ts';
import { after } from './not-before.ts';
import type { World } from './world.ts';

/** Bytes below which a disk is as good as full: 100 MiB. */
const littleRoom = 100 * 2 ** 20;

/** The store of payments. Nothing is written to it, and none is made. */
export function checkStore(world: World): Check {
  const { config } = world;
  return {
    name: 'store',
    run: () =>
      config.payment_channel_storage_type === 'sqlite'
        ? checkDirectory(config.payment_channel_storage_path)
        : checkEtcd(world),
  };
}

async function checkDirectory(path: string): Promise<readonly Finding[]> {
  const directory = resolve(path);
  let place = directory;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    // With a slash at its end only a directory is found.
    await access(`${place}/`, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new BaseError('STORE_UNAVAILABLE', 'The directory of the store cannot be written.', {
      found: place,
      hint: 'Let the user of the daemon own it, or set payment_channel_storage_path to another one.',
      cause,
    });
  }
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const room = `${Math.floor(free / 2 ** 20)} MiB free`;
  const isThere = place === directory;
  const text = isThere
    ? `SQLite in ${directory}, ${room}`
    : `SQLite will be made in ${directory}, ${room}`;
  if (free >= littleRoom) return [{ status: 'ok', text }];
  return [{ status: 'warn', text, fix: 'Make room: a full disk refuses paid calls.' }];
}

async function checkEtcd(world: World): Promise<readonly Finding[]> {
  const { config } = world;
  const named = config.payment_channel_storage_client.endpoints ?? [];
  const storage =
    named.length > 0
      ? { type: 'etcd', endpoints: named, connectionTimeout: '', requestTimeout: '' }
      : (await after('metadata', world.service())).group.storage;
  const { openEtcdStore } = await import('../store/etcd/etcd-store.ts');
  const options = await readEtcdOptions(config, storage);
  const store = await openEtcdStore({ ...options, scope: 'snetkit/1' });
  try {
    const start = performance.now();
    await store.get('doctor');
    const ms = Math.round(performance.now() - start);
    const hosts = options.endpoints.map((endpoint) => new URL(endpoint).host).join(', ');
    const warnings = await describeEtcd({ config, storage, store });
    return [
      { status: 'ok', text: `etcd at ${hosts} answered in ${ms} ms` },
      ...warnings.map(
        (text): Finding => ({
          status: 'warn',
          text,
          fix: 'See "Several machines: etcd" in the README of @snetkit/daemon.',
        }),
      ),
    ];
  } finally {
    await store.close();
  }
}
