import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeySigner } from '@snetkit/contracts';
import { type JsonObject, stringifyJson } from '@snetkit/core';
import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRpcProxy } from '../chain/rpc-proxy.ts';
import { callOnce, textOf } from '../harness/call-once.ts';
import { createFreeCaller, type FreeCaller } from '../harness/free-caller.ts';
import { runSnetd } from '../shell/run-snetd.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const daemonKey = deriveTestAccount(7);
const otherKey = deriveTestAccount(8);
const key = daemonKey.privateKey.slice(2);
const client = deriveTestAccount(2);

/** A busy machine starts a program in seconds: 60 s. */
const patienceMs = 60_000;

let network: TestNetwork;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-free-'));
  network = await startTestNetwork({ freeCalls: { calls: 5, signer: daemonKey.address } });
});

afterAll(async () => {
  await network?.stop();
  await rm(directory, { recursive: true, force: true });
});

function callerOf(daemon: StartedSnetd, account = client): FreeCaller {
  return createFreeCaller(
    { devnet: network.devnet, call: (...call) => callOnce(daemon.endpoint, ...call) },
    privateKeySigner(account.privateKey),
  );
}

async function serve(daemon: StartedSnetd, caller: FreeCaller, token: Uint8Array) {
  return textOf(await callOnce(daemon.endpoint, detect, await caller.pay(token), text));
}

const noToken =
  '2 error in generating token because blockchain is disabled, contact service provider';
const noNumber =
  '2 error in determining free calls because blockchain is disabled, contact service provider';

test('behavior: a daemon without the key gives out no tokens, and takes those of others', async () => {
  const [without, withKey] = await Promise.all([
    network.start(),
    network.start({ private_key_for_free_calls: key }),
  ]);
  const caller = callerOf(without);
  expect(textOf(await caller.askToken())).toBe(noToken);
  const { token } = await callerOf(withKey).getToken();
  expect(textOf(await caller.askAvailable(token))).toBe(noNumber);
  expect(await serve(without, caller, token)).toBe('0 ');
  expect(without.lines.some(({ event }) => event === 'free-calls')).toBe(false);
});

test('error: the key is not the one that the metadata names', async () => {
  const daemon = await network.start({
    private_key_for_free_calls: otherKey.privateKey.slice(2),
  });
  const caller = callerOf(daemon);
  expect(textOf(await caller.askToken())).toBe(noToken);
  expect(textOf(await caller.askAvailable(new Uint8Array()))).toBe(noNumber);
  expect(await daemon.waitForEvent('free-calls')).toMatchObject({
    level: 'warn',
    msg: `private_key_for_free_calls belongs to ${otherKey.address}, the service metadata names ${daemonKey.address} as free_call_signer_address: no tokens of free calls are given out`,
  });
  expect(JSON.stringify(daemon.lines) + daemon.stderr()).not.toContain(
    otherKey.privateKey.slice(2, 20),
  );
});

test('behavior: the balance is asked for once in a block, and only when it counts', async () => {
  await using proxy = await startRpcProxy(network.devnet.rpcUrl);
  const daemon = await network.start({
    private_key_for_free_calls: key,
    ethereum_json_rpc_http_endpoint: proxy.rpcUrl,
    min_balance_for_free_call: '100',
    trusted_free_call_signers: [otherKey.address],
  });
  const reads = () => proxy.methods.filter((method) => method === 'eth_call').length;
  const start = reads();
  await callerOf(daemon, otherKey).getToken();
  expect(reads()).toBe(start);
  for (let request = 0; request < 5; request += 1) await callerOf(daemon).getToken();
  // Balance, and the first time what a token is: symbol and decimals.
  expect(reads()).toBe(start + 3);
});

test('args: min_balance_for_free_call', async () => {
  const [most, none] = await Promise.all([
    network.start({ private_key_for_free_calls: key, min_balance_for_free_call: 101 }),
    network.start({ private_key_for_free_calls: key, min_balance_for_free_call: 0 }),
  ]);
  expect(textOf(await callerOf(most).askToken())).toBe(
    '2 {Status: rpc error: code = PermissionDenied desc = you must have at least 101 FET (ASI) in your balance to use free calls}',
  );
  expect(textOf(await callerOf(none, otherKey).askToken())).toBe('0 ');
});

test.each(['refuse', 'hang', 'error'] as const)(
  'error: the chain does not tell the balance: %s',
  async (mood) => {
    await using proxy = await startRpcProxy(network.devnet.rpcUrl);
    const daemon = await network.start({
      private_key_for_free_calls: key,
      ethereum_json_rpc_http_endpoint: proxy.rpcUrl,
      chain_request_timeout: '2s',
    });
    const caller = callerOf(daemon);
    proxy.rule =
      mood === 'error'
        ? () => {
            throw new Error(`limit of ${proxy.rpcUrl}/KEY exceeded`);
          }
        : mood;
    expect(textOf(await caller.askToken())).toBe('2 cannot determine the token balance');
    proxy.rule = 'forward';
    // Alive, and it asks again.
    await expect
      .poll(async () => textOf(await caller.askToken()), { timeout: patienceMs })
      .toBe('0 ');
    const { token } = await caller.getToken();
    expect(await serve(daemon, caller, token)).toBe('0 ');
  },
  2 * patienceMs,
);

test(
  'behavior: free calls are listed and reset beside a daemon that runs',
  async () => {
    const change: JsonObject = {
      private_key_for_free_calls: key,
      payment_channel_storage_path: join(directory, 'storage'),
    };
    const file = join(directory, 'reset.json');
    await writeFile(file, stringifyJson({ ...network.devnet.daemonConfig, ...change }));
    const run = (...args: string[]) => runSnetd([...args, '-c', file], { cwd: directory });
    const { organizationId, serviceId, groupId } = network.devnet;
    const user = `{ID:${client.address}//${organizationId}/${serviceId}/${groupId}}`;
    const spelled = client.address.slice(2).toUpperCase();

    expect(await run('freecall', 'list')).toEqual({
      code: 0,
      stdout: 'no users of free calls, yet in storage\n',
      stderr: '',
    });
    expect(await run('freecall', 'reset', '-a', client.address)).toEqual({
      code: 1,
      stdout: `Error: Free Call user ${user} is not found\n`,
      stderr: '',
    });

    const daemon = await network.start(change);
    const caller = callerOf(daemon);
    const { token } = await caller.getToken();
    for (let call = 0; call < 5; call += 1) expect(await serve(daemon, caller, token)).toBe('0 ');
    expect(await serve(daemon, caller, token)).toMatch(
      /^13 internal error: free call limit has been exceeded, calls made = 5, /,
    );
    expect((await run('freecall', 'list')).stdout).toBe(
      `{Addr:${client.address} (id:) has made 5 free calls for org_id=${organizationId}, service_id=${serviceId}, group_id=${groupId} }\n`,
    );
    expect(await run('freecall', 'reset', '-a', spelled)).toEqual({
      code: 0,
      stdout: `Success: User ${user} free calls have been reset \n`,
      stderr: '',
    });
    expect(await caller.getAvailable(token)).toBe(5n);
    expect(await serve(daemon, caller, token)).toBe('0 ');
    expect(await caller.getAvailable(token)).toBe(4n);
  },
  4 * patienceMs,
);

test('behavior: there is nothing to unlock', async () => {
  expect(await runSnetd(['freecall', 'unlock', '-a', client.address, '-u', 'ada'])).toEqual({
    code: 0,
    stdout: `Success: User {ID:${client.address}/ada} unlocked\nThere was nothing to do: this daemon never locks a user of free calls.\n`,
    stderr: '',
  });
  expect(await runSnetd(['channel', '--unlock', '42'])).toEqual({
    code: 0,
    stdout:
      'Success: Channel {ID: 42} unlocked\nThere was nothing to do: this daemon never locks a channel.\n',
    stderr: '',
  });
});

test.each([
  [['freecall', 'reset'], '--address must be set.'],
  [['freecall', 'unlock', '-a', '0x12'], "'0x12' is not an address."],
  [['channel'], '--unlock channel-id must be set.'],
  [['channel', '-u', 'all'], "'all' is not the id of a channel."],
])('error: wrong use %j', async (args, problem) => {
  expect(await runSnetd(args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `snetd: ${problem} Run 'snetd --help' to see what there is.\n`,
  });
});
