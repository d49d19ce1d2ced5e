import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAddress } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSnetd } from '../../test/shell/run-snetd.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord } from '../ledger/record-codec.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { storeScope } from '../store/store-scope.ts';

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'snetd-commands-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test('default: version prints three lines', async () => {
  const manifest = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  expect(await runSnetd(['version'])).toEqual({
    code: 0,
    stdout: `version tag: v${manifest.version}\nbuilt on: unknown\nsha1 revision: unknown\n`,
    stderr: '',
  });
});

test('default: generate-key prints a key and the address that belongs to it', async () => {
  const { code, stdout } = await runSnetd(['generate-key']);
  const [keyLine = '', addressLine = '', warning = ''] = stdout.split('\n');
  expect(code).toBe(0);
  expect(keyLine).toMatch(/^Private Key: [0-9a-f]{64}$/);
  const key = `0x${keyLine.slice('Private Key: '.length)}` as const;
  expect(addressLine).toBe(`Address: ${privateKeyToAddress(key)}`);
  expect(warning).toContain('Keep the private key to yourself');
});

test('default: init writes a file that only its owner reads, and never over another', async () => {
  const file = join(cwd, 'snetd.config.json');
  expect(await runSnetd(['init'], { cwd })).toEqual({
    code: 0,
    stdout: 'Writing basic configuration to the file: snetd.config.json\n',
    stderr: '',
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { token_secret_key: secret, ...config } = JSON.parse(await readFile(file, 'utf8'));
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(config).toMatchInlineSnapshot(`
    {
      "blockchain_network_selected": "sepolia",
      "daemon_endpoint": "127.0.0.1:8080",
      "daemon_group_name": "default_group",
      "ethereum_json_rpc_http_endpoint": "https://YOUR_RPC_ENDPOINT",
      "ipfs_endpoint": "https://ipfs.singularitynet.io:443",
      "log": {
        "level": "info",
      },
      "organization_id": "YOUR_ORG_ID",
      "payment_channel_storage_path": "snetd-storage",
      "payment_channel_storage_type": "sqlite",
      "service_endpoint": "YOUR_SERVICE_ENDPOINT",
      "service_id": "YOUR_SERVICE_ID",
    }
  `);
  expect(await runSnetd(['init'], { cwd })).toEqual({
    code: 255,
    stdout: '',
    stderr:
      'ERROR: such configFile already exists, please remove file first or rename file: snetd.config.json\n',
  });
});

test('behavior: what init wrote does not start before it is filled in', async () => {
  const file = join(cwd, 'fresh.json');
  await runSnetd(['init', '--config', file]);
  const { code, stdout, stderr } = await runSnetd(['serve', '-c', file]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.replaceAll(cwd, 'DIR')).toMatchInlineSnapshot(`
    "snetd: The setting organization_id does not fit: found "YOUR_ORG_ID", expected the id under which it is registered (DIR/fresh.json: organization_id). Fix: Set organization_id. Wrong as well: service_id, ethereum_json_rpc_http_endpoint, service_endpoint.
    "
  `);
});

test('behavior: help names every command', async () => {
  const { code, stdout } = await runSnetd(['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "snetd [COMMAND] [-c FILE]

    Stands in front of an AI service and lets calls through that are paid for.

    Commands:
      serve            Serve calls (what snetd does without a command)
      init             Write a configuration to start from
      init-full        Write every setting with its default
      config explain   Say what a setting means, and where its value comes from: KEY
      config show      Print the settings as they count, without secrets
      config check     Check the settings and do nothing else
      doctor           Look at everything that serving needs, and say how to mend it
      list channels    List the channels in the store, with what was signed last
      list claims      List the claims that were started and have not landed
      list replicas    List the daemons that serve from the store now
      import           Take over the state of official daemons from their etcd
      freecall list    List who has called for free, and how often
      freecall reset   Give a caller all free calls again: -a ADDRESS [-u USER]
      freecall unlock  Nothing: no user is ever locked
      channel          Nothing: no channel is ever locked (--unlock ID)
      store export     Write the state of the group into a file, or back to an official etcd
      store import     Put the state of a file into the store
      generate-key     Make a new private key
      version          Print the version

    Options:
      -c, --config FILE  Configuration (default: snetd.config.json)
      -h, --help         This text

    Every setting can also be given as an environment variable: SNET_SERVICE_ID=my_service.
    "
  `);
});

test.each([
  [['sreve'], "Unknown command 'sreve', did you mean 'serve'?"],
  [['list'], "Unknown command 'list', did you mean 'list channels'?"],
  [['version', '--colour'], "Unknown option '--colour'."],
  [['version', 'now'], "Unexpected argument 'now'."],
  [['serve', '-c'], "Option '-c, --config <value>' argument missing."],
])('error: wrong use %j is one line and exit code 2', async (args, text) => {
  const { code, stdout, stderr } = await runSnetd(args);
  expect(stderr).toBe(`snetd: ${text} Run 'snetd --help' to see what there is.\n`);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

const env = {
  SNET_ORGANIZATION_ID: 'my org/1',
  SNET_SERVICE_ID: 'my_service',
  SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
};

test('default: list channels prints a line for each channel of the organization on its network', async () => {
  const path = join(cwd, 'storage');
  const mpe = '0x042d31F61c598eADcAc729B845406514521db520';
  const groupId = new Uint8Array(32).fill(17);
  const scope = { chainId: 11_155_111, mpe, organizationId: 'my org/1', groupId };
  const write = async (scopeText: string, records: readonly ChannelRecord[]) => {
    const store = await openSqliteStore({ path, scope: scopeText });
    for (const record of records) {
      const value = encodeChannelRecord(record);
      await store.commit([{ checks: [], writes: [{ key: `channel/${record.channelId}`, value }] }]);
    }
    await store.close();
  };
  const chain = {
    nonce: 3n,
    sender: '0x101A018fE784bF01d538b5d4dfA311d047DBA491',
    signer: '0xF627CE8635cdC34b2f619FDDb4E4b61308D6BD68',
    recipient: '0x3432cBa6BF635Df5fBFD1f1a794fA66D412b8774',
    groupId: `0x${'11'.repeat(32)}`,
    value: 1_000n,
    expiration: 99n,
  };
  const signature = new Uint8Array(65).fill(1);
  await write(storeScope(scope), [
    { ...emptyRecord(42n, 3n), settledAmount: 12n, settledSignature: signature, chain },
    emptyRecord(7n, 0n),
  ]);
  await write(storeScope({ ...scope, organizationId: 'other' }), [emptyRecord(1n, 0n)]);
  await write(storeScope({ ...scope, chainId: 1 }), [emptyRecord(2n, 0n)]);
  const { code, stdout, stderr } = await runSnetd(['list', 'channels'], {
    cwd: await mkdtemp(join(cwd, 'list-')),
    env: { ...env, SNET_PAYMENT_CHANNEL_STORAGE_PATH: path },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
    "42: {ChannelID: 42, Nonce: 3, State: Open, Sender: 0x101A018fE784bF01d538b5d4dfA311d047DBA491, Recipient: 0x3432cBa6BF635Df5fBFD1f1a794fA66D412b8774, GroupId: ERERERERERERERERERERERERERERERERERERERERERE=, FullAmount: 1000, Expiration: 99, Signer: 0xF627CE8635cdC34b2f619FDDb4E4b61308D6BD68, AuthorizedAmount: 12, Signature: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=}
    7: {ChannelID: 7, Nonce: 0, State: Open, Sender: 0x0000000000000000000000000000000000000000, Recipient: 0x0000000000000000000000000000000000000000, GroupId: , FullAmount: 0, Expiration: 0, Signer: 0x0000000000000000000000000000000000000000, AuthorizedAmount: 0, Signature: }
    "
  `);
});

test('behavior: list channels without a store says so and makes none', async () => {
  const empty = join(cwd, 'empty');
  await mkdir(empty, { recursive: true });
  const { code, stdout } = await runSnetd(['list', 'channels'], { cwd: empty, env });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'no channels in shared storage\n' });
  await expect(stat(join(empty, 'snetd-storage'))).rejects.toThrow('ENOENT');
});

test('error: a wrong setting ends list channels with exit code 2', async () => {
  const file = join(cwd, 'wrong.json');
  await writeFile(file, '{"service_timeout": "soon"}');
  const { code, stderr } = await runSnetd(['-c', file, 'list', 'channels']);
  expect(code).toBe(2);
  expect(stderr).toBe(
    `snetd: The setting service_timeout does not fit: found "soon", expected a duration such as "100s", "1m30s" or "250ms" (${file}: service_timeout). Fix: Give service_timeout such a value. How long a call may take when its client sets no deadline; 0 for no limit.\n`,
  );
});
