import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../../test/run-inside.ts';
import { runSnet } from '../../test/run-snet.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';

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
      `      0  ${provider}  1.5 FET       -  1.5 FET  BLOCK`,
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
  const list = JSON.parse((await runInside(['channel', 'list', '--json'], network.home)).stdout);
  expect(list).toMatchObject({
    network: 'devnet',
    account: client,
    channels: [{ id: '0' }, { id: '1' }],
  });
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
