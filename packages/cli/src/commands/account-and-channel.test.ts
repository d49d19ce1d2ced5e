import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChainClient } from '@snetkit/contracts';
import { createConfig, SnetEngine } from '@snetkit/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../../test/run-inside.ts';
import { runSnet } from '../../test/run-snet.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';
import { defineLocal, getLocalLedger } from '../session/choose-network.ts';

let network: LocalNetwork;
let client: string;
let provider: string;

beforeAll(async () => {
  network = await startLocalNetwork();
  client = network.devnet.accounts.client.address;
  provider = network.devnet.accounts.provider.address;
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('behavior: snet account balance', async () => {
  expect(await runSnet(['account', 'balance'], network.home)).toEqual({
    code: 0,
    stdout: [
      '  network  devnet',
      `  account  ${client}`,
      '  ether    10000 ETH',
      '  wallet   100 FET',
      '  escrow   0 FET',
      '',
    ].join('\n'),
    stderr: '',
  });
  const { stdout } = await runInside(['account', 'balance', '--json'], network.home);
  expect(JSON.parse(stdout)).toEqual({
    network: 'devnet',
    account: client,
    ether: { wei: '10000000000000000000000', amount: '10000 ETH' },
    wallet: { cogs: '100000000000000000000', amount: '100 FET' },
    escrow: { cogs: '0', amount: '0 FET' },
  });
});

test('behavior: another account, by its key', async () => {
  const { secondClient } = network.devnet.accounts;
  const env = { ...network.home.env, SNET_PRIVATE_KEY: secondClient.privateKey.slice(2) };
  const { stdout } = await runInside(['account', 'balance', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject({ account: secondClient.address });
});

test('behavior: snet channel list, open, and list again', async () => {
  expect((await runSnet(['channel', 'list'], network.home)).stdout).toBe(
    `${client} has no channels on devnet.\n`,
  );
  const opened = await runSnet(['channel', 'open', '1.5 FET'], network.home);
  expect(opened).toMatchObject({ code: 0, stderr: '' });
  expect(opened.stdout.replace(/0x[0-9a-f]{64}/, 'HASH').replace(/block [0-9]+/, 'BLOCK')).toBe(
    [
      '  channel      0',
      '  group        local, default_group',
      `  recipient    ${provider}`,
      '  value        1.5 FET',
      '  expires      BLOCK',
      '  transaction  HASH',
      '',
    ].join('\n'),
  );
  const listed = await runInside(['channel', 'list'], network.home);
  expect(listed.stdout.replace(/[0-9]+\n$/, 'BLOCK\n')).toBe(
    [
      'channel  recipient                                     value  signed  unspent  expires at block',
      `      0  ${provider}  1.5 FET   0 FET  1.5 FET  BLOCK`,
      '',
    ].join('\n'),
  );
});

test('behavior: a channel for programs', async () => {
  const args = [
    'channel',
    'open',
    '100 cogs',
    '--another',
    '--expiration',
    '+30000blocks',
    '--json',
  ];
  const { code, stdout } = await runInside(args, network.home);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    network: 'devnet',
    organizationId: 'local',
    groupName: 'default_group',
    channel: {
      id: '1',
      nonce: '0',
      sender: client,
      signer: client,
      recipient: provider,
      groupId: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      value: { cogs: '100', amount: '0.0000000000000001 FET' },
      signed: null,
      unspent: { cogs: '100', amount: '0.0000000000000001 FET' },
      expiration: expect.stringMatching(/^30[0-9]{3}$/),
    },
    transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
  });
  // An empty channel of nobody else: its daemon confirms that nothing is signed.
  const list = JSON.parse((await runInside(['channel', 'list', '--json'], network.home)).stdout);
  expect(list).toMatchObject({
    network: 'devnet',
    account: client,
    channels: [
      { id: '0', isConfirmed: true },
      { id: '1', isConfirmed: true },
    ],
  });
});

test('behavior: what another program signed with a ledger of its own is told, too', async () => {
  const { rpcUrl, contentUrl, accounts, directory, price } = network.devnet;
  await using engine = new SnetEngine(
    createConfig({
      network: defineLocal(network.devnet),
      rpcUrl,
      contentUrl,
      ledgerDirectory: `${directory}/another-ledger`,
      accounts: [{ privateKey: accounts.client.privateKey }],
    }),
  );
  const ids = { organizationId: 'local', serviceId: 'text' };
  const service = await engine.createServiceClient({ ...ids, channelId: 0n });
  await service.call('Detect', { text: 'Guten Morgen' });
  const { stdout, stderr } = await runInside(['channel', 'list', '--json'], network.home);
  const cogs = 15n * 10n ** 17n - price;
  expect([stderr, JSON.parse(stdout).channels[0]]).toMatchObject([
    '',
    { signed: { cogs: String(price) }, unspent: { cogs: String(cogs) }, isConfirmed: true },
  ]);
});

test('behavior: what no daemon confirms is told as that', async () => {
  const { rpcUrl, contentUrl } = network.devnet;
  const file = join(network.home.directory, 'elsewhere.json');
  await writeFile(file, JSON.stringify({ ...defineLocal(network.devnet), name: 'elsewhere' }));
  const { privateKey } = network.devnet.accounts.client;
  const env = { ...network.home.env, SNET_NETWORKS: file, SNET_PRIVATE_KEY: privateKey };
  const flags = ['--network', 'elsewhere', '--rpc', rpcUrl, '--ipfs', contentUrl];
  const { stdout } = await runInside(['channel', 'list', ...flags], { env });
  expect(stdout).toMatch(
    /\n\nSigned and unspent are what this program knows: others may have signed more\.\nName a service that is paid from a channel, to ask its daemon: --service ORGANIZATION\/SERVICE\n$/,
  );
  const asked = await runInside(['channel', 'list', '--service', 'local/text', ...flags], { env });
  expect(asked.stdout).not.toContain('others may have');
  const wrong = await runInside(['channel', 'list', '--service', 'text'], network.home);
  expect(wrong.stderr.split('\n')[0]).toBe('error: This names no service. (COMMAND_LINE_INVALID)');
});

test('behavior: snet channel claim-timeout, and claim-timeout-all', async () => {
  const another = ['--another', '--expiration', '+200blocks'];
  for (const amount of ['3', '4', '5']) {
    await runInside(['channel', 'open', amount, ...another], network.home);
  }
  const early = await runInside(['channel', 'claim-timeout', '2'], network.home);
  expect([early.code, early.stderr.split('\n').slice(0, 2)]).toEqual([
    5,
    [
      'error: The channel has not expired yet. (CHANNEL_NOT_EXPIRED)',
      `  place     channel 2 of ${network.devnet.contracts.mpe}`,
    ],
  ]);
  const chain = createChainClient({ rpcUrl: network.devnet.rpcUrl });
  const send = (method: string, ...params: unknown[]) =>
    chain.request({ method, params } as never) as Promise<unknown>;
  await send('anvil_mine', '0x100');
  // Sent, and given up before it was mined.
  await using engine = new SnetEngine(
    createConfig({
      network: defineLocal(network.devnet),
      rpcUrl: network.devnet.rpcUrl,
      ledgerDirectory: getLocalLedger(network.devnet),
      accounts: [{ privateKey: network.devnet.accounts.client.privateKey }],
    }),
  );
  const channel = await engine.channels.load({ channelId: 2n });
  await send('evm_setAutomine', false);
  const leave = new AbortController();
  let sent = '';
  const claim = channel.claimUnused({
    signal: leave.signal,
    onSent(hash) {
      sent = hash;
      leave.abort();
    },
  });
  await expect(claim).rejects.toMatchObject({ code: 'ABORTED' });
  await send('evm_setAutomine', true);
  await send('evm_mine');
  const one = await runInside(['channel', 'claim-timeout', '2'], network.home);
  expect([one.stderr, one.stdout]).toEqual([
    '',
    [
      '  channel      2',
      '  taken back   3 FET, now in the escrow balance',
      `  transaction  ${sent}`,
      '',
    ].join('\n'),
  ]);
  const all = await runInside(['channel', 'claim-timeout-all', '--json'], network.home);
  expect(JSON.parse(all.stdout)).toMatchObject({
    network: 'devnet',
    account: client,
    claimed: [
      { channelId: '3', takenBack: { amount: '4 FET' }, isResumed: false },
      { channelId: '4', takenBack: { amount: '5 FET' } },
    ],
  });
  const { stdout } = await runInside(['channel', 'claim-timeout-all'], network.home);
  expect(stdout).toBe(`${client} has no expired channels with money in them.\n`);
  const empty = await runInside(['channel', 'claim-timeout', '3'], network.home);
  expect(empty.stderr.split('\n')[0]).toBe(
    'error: Nothing is left in the channel. (CHANNEL_EMPTY)',
  );
  const none = await runInside(['channel', 'claim-timeout', 'x'], network.home);
  expect(none.stderr.split('\n')[0]).toBe(
    'error: This is no number of a channel. (COMMAND_LINE_INVALID)',
  );
});

test('behavior: a local network by an endpoint of one’s own', async () => {
  const { rpcUrl } = network.devnet;
  const balance = (args: readonly string[], more = {}) =>
    runInside(['account', 'balance', '--json', ...args], { env: { ...network.home.env, ...more } });
  const alias = rpcUrl.replace('127.0.0.1', 'localhost');
  for (const args of [
    ['--network', 'devnet', '--rpc', rpcUrl],
    ['--network', 'devnet', '--rpc', alias],
    ['--rpc', `${rpcUrl}/`],
  ]) {
    expect(JSON.parse((await balance(args)).stdout)).toMatchObject({ account: client });
  }
  const away = await balance(['--network', 'devnet', '--rpc', 'http://10.1.2.3:8545']);
  expect(JSON.parse(away.stdout)).toMatchObject({
    error: {
      code: 'NETWORK_NOT_CHOSEN',
      expected: 'SNET_NETWORKS: the file network.json of that network',
    },
  });
  // A network that is defined, and announced nowhere.
  const file = join(network.home.directory, 'network.json');
  await writeFile(file, JSON.stringify(defineLocal(network.devnet)));
  const { privateKey } = network.devnet.accounts.secondClient;
  const own = await balance(['--network', 'devnet', '--rpc', rpcUrl], {
    XDG_STATE_HOME: join(network.home.directory, 'nobody'),
    SNET_NETWORKS: file,
    SNET_PRIVATE_KEY: privateKey,
  });
  expect(JSON.parse(own.stdout)).toMatchObject({ network: 'devnet' });
});

test('error: a key that is none says where it comes from', async () => {
  const env = { ...network.home.env, SNET_PRIVATE_KEY: '0x1234' };
  const { stderr } = await runInside(['account', 'balance'], { env });
  expect(stderr).toBe(
    [
      'error: The private key cannot be used. (PRIVATE_KEY_INVALID)',
      '  place     SNET_PRIVATE_KEY',
      '  expected  0x and 64 hexadecimal digits, inside the range of the curve',
      '  found     4 hexadecimal digits',
      '  fix       Copy the key again, whole; it is never shown.',
      '',
    ].join('\n'),
  );
});

test.each([
  [
    'a second channel by accident',
    ['1 FET'],
    5,
    'There is a channel to this payment group already. (CHANNEL_EXISTS)',
  ],
  ['another token', ['1 AGIX'], 2, 'The unit of the amount is unknown. (AMOUNT_INVALID)'],
  [
    'more than there is',
    ['1000', '--another'],
    5,
    'The account does not have so much. (CHANNEL_FUNDS)',
  ],
  [
    'too early an end',
    ['1', '--another', '--expiration', '+1minute'],
    2,
    'The channel would expire too early to be used. (EXPIRATION_INVALID)',
  ],
  [
    'a time that is none',
    ['1', '--another', '--expiration', 'soon'],
    2,
    'This is no time at which a channel can expire. (EXPIRATION_INVALID)',
  ],
  [
    'no such organization',
    ['1', '--organization', 'x'],
    2,
    'The organization "x" is not registered. (NOT_REGISTERED)',
  ],
] as const)('error: %s', async (_, args, exitCode, message) => {
  const { code, stdout, stderr } = await runInside(['channel', 'open', ...args], network.home);
  expect(stderr.split('\n')[0]).toBe(`error: ${message}`);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
});
