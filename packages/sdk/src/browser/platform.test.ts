import { createClient } from '@connectrpc/connect';
import { Health } from '@snetkit/protos/health';
import { expect, test } from 'vitest';
import { startNetwork } from '../../test/start-network.ts';
import { platform } from './platform.ts';

test('behavior: calls a daemon with nothing but fetch', async () => {
  await using network = await startNetwork();
  const { endpoint } = network.devnet;
  const connection = platform.connect({ endpoints: [endpoint], maxMessageBytes: 1024 });
  const health = createClient(Health, connection.createTransport([]));
  expect(await health.check({})).toMatchObject({ status: 1 });
  connection.close();
  const narrow = platform.connect({ endpoints: [endpoint], maxMessageBytes: 1 });
  const failing = createClient(Health, narrow.createTransport([])).check({});
  await expect(failing).rejects.toThrow('message size 2 is larger than configured readMaxBytes 1');
});

test('behavior: the next daemon is called when the first one cannot be reached', async () => {
  await using network = await startNetwork();
  const dead = 'http://127.0.0.1:1/base';
  const endpoints = [dead, network.devnet.endpoint] as const;
  const connection = platform.connect({ endpoints, maxMessageBytes: 1024 });
  const health = createClient(Health, connection.createTransport([]));
  await expect(health.check({})).rejects.toThrow();
  expect(connection.endpoint).toBe(network.devnet.endpoint);
  expect(await health.check({})).toMatchObject({ status: 1 });
});

test('behavior: where nothing can be kept, the ledger is in memory', async () => {
  const ledger = platform.openLedger({ directory: undefined });
  const mpe = '0x042d31F61c598eADcAc729B845406514521db520';
  expect(await ledger.list({ chainId: 1, mpe })).toEqual([]);
});
