import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { planNextEpoch, readEpoch } from '../../src/group/epoch.ts';
import { paymentChannelData } from '../../src/official-state/official-structs.ts';
import { commitAll } from '../../src/store/commit-all.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { callDetect } from '../shell/start-test-network.ts';
import { type OfficialNetwork, startOfficialNetwork } from './official-network.ts';

// Several daemons one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let there: OfficialNetwork;

beforeAll(async () => {
  there = await startOfficialNetwork();
});
afterAll(() => there[Symbol.asyncDispose]());

const etcdStore = () => ({
  payment_channel_storage_type: 'etcd',
  payment_channel_storage_lease: '2s',
  payment_channel_storage_client: { endpoints: there.etcd.endpoints },
});

test('default: paid on SQLite, moved to etcd, paid there, moved back to the official layout', async () => {
  const { network, official, keys } = there;
  const { price } = network.devnet;
  const channelId = await network.openChannel();
  const pay = async (endpoint: string, calls: bigint) =>
    callDetect(endpoint, (await network.pay({ channelId, amount: price * calls })) as never);
  const file = join(there.directory, 'state.jsonl');
  const onSqlite = await there.writeConfig('sqlite.json');
  const onEtcd = await there.writeConfig('etcd.json', etcdStore());

  const first = await there.start();
  expect(await pay(first.endpoint, 1n)).toMatchObject({ status: 0 });
  const refused = await there.run(['store', 'export', file, '-c', onSqlite]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /^A daemon serves this group\.\nPlace: .*storage\nFound: snetd of service \w+ on .+, process \d+\nFix: Stop every daemon of the group, and run the command again\.\n$/,
  );
  await first.stop();
  expect(await there.run(['store', 'export', file, '-c', onSqlite])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^1 records written to .*state\.jsonl, sha256 [0-9a-f]{64}\n$/),
  });

  expect(await there.run(['store', 'import', file, '-c', onEtcd])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^1 records in the file of \S+ \(sqlite\)\n1 written, 0 there already, 0 removed; epoch 2\n$/,
    ),
  });
  const second = await there.start(etcdStore());
  // Spent is spent: the same payment is not taken again.
  expect(await pay(second.endpoint, 1n)).toMatchObject({ status: 16 });
  expect(await pay(second.endpoint, 2n)).toMatchObject({ status: 0 });
  const busy = await there.run(['store', 'import', file, '-c', onEtcd, '--replace']);
  expect(busy.stderr).toContain('A daemon serves this group.\nPlace: etcd');
  await second.stop();

  // And from etcd into another SQLite.
  const secondFile = join(there.directory, 'state-2.jsonl');
  const storage = { payment_channel_storage_path: join(there.directory, 'storage-2') };
  const elsewhere = await there.writeConfig('sqlite-2.json', storage);
  const exported = await there.run(['store', 'export', secondFile, '-c', onEtcd, '--json']);
  expect(JSON.parse(exported.stdout)).toMatchObject({ path: secondFile, records: 1 });
  const imported = await there.run(['store', 'import', secondFile, '-c', elsewhere, '--json']);
  expect(JSON.parse(imported.stdout)).toMatchObject({ records: 1, written: 1, epoch: '4' });
  const third = await there.start(storage);
  expect(await pay(third.endpoint, 2n)).toMatchObject({ status: 16 });
  expect(await pay(third.endpoint, 3n)).toMatchObject({ status: 0 });
  await third.stop();

  const back = ['store', 'export', '--layout', 'official', '--to', there.etcd.endpoints[0] ?? ''];
  const quick = ['--observe', '0'];
  expect(await there.run([...back, ...quick, '-c', onEtcd])).toMatchObject({
    code: 0,
    stdout: [
      '1 channels, 0 claims, 0 prepaid, 0 free-call users',
      '1 keys written, 0 there already',
      'Lost: 0 cogs in open intervals, 0 of credit, 0 of claims beyond what was served; 0 retries',
      'Locks held there: 0',
      '',
    ].join('\n'),
  });
  for await (const { key, value } of official.list(keys.channel(channelId))) {
    expect(paymentChannelData.decode(value, key)).toMatchObject({
      ChannelID: channelId,
      Nonce: 0n,
      AuthorizedAmount: price * 2n,
      Recipient: network.devnet.accounts.provider.address,
    });
  }
  // The old store still has what it had: nothing is taken out of a store.
  expect(await readFile(file, 'utf8')).toContain('"store":"sqlite"');
});

test('behavior: a replica that serves while records are put into its store begins anew', async () => {
  const { network } = there;
  const { price } = network.devnet;
  const channelId = await network.openChannel();
  const storage = join(there.directory, 'fenced');
  const daemon = await there.start({ payment_channel_storage_path: storage });
  const pay = async (calls: bigint) =>
    callDetect(daemon.endpoint, (await network.pay({ channelId, amount: price * calls })) as never);
  expect(await pay(1n)).toMatchObject({ status: 0 });

  const store = await openSqliteStore({ path: storage, scope: 'snetkit/1' });
  let scope = '';
  for await (const { key } of store.list('')) scope = key.split('/').slice(0, 4).join('/');
  await store.close();
  const scoped = await openSqliteStore({ path: storage, scope: `snetkit/1/${scope}` });
  const owners = async () => {
    const ids: string[] = [];
    for await (const { key } of scoped.list('serving/')) ids.push(key);
    return ids;
  };
  const before = await owners();
  await commitAll(scoped, [await planNextEpoch(scoped, { reason: 'test' })]);
  expect((await readEpoch(scoped)).epoch.number).toBe(1n);
  await daemon.waitForEvent('epoch');
  expect(await pay(2n)).toMatchObject({ status: 0 });
  await expect.poll(owners, { timeout: 10_000 }).not.toEqual(before);
  await scoped.close();
  await daemon.stop();
});
