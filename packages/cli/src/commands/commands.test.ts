import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runSnet } from '../../test/run-snet.ts';
import { makeHome } from '../../test/temporary-home.ts';
import { commands } from './commands.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

test.each([['version'], ['--version'], ['-v']])('behavior: snet %s', async (word) => {
  expect(await runSnet([word])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('behavior: snet version --json', async () => {
  const { stdout } = await runSnet(['version', '--json']);
  expect(JSON.parse(stdout)).toEqual({ version });
});

test.each([[[]], [['--help']], [['help']], [['-h']]])('behavior: snet %s', async (args) => {
  const { code, stdout, stderr } = await runSnet(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(
    `${[
      'Calls AI services of SingularityNET and pays for them.',
      '',
      'Usage',
      '  snet COMMAND [options]',
      '',
      'Commands',
      '  dev                        Start a whole network on this machine and make a paid call',
      '  call                       Call a method of a service and pay for it',
      '  account balance            Show what an account has',
      '  channel list               List the payment channels of an account',
      '  channel open               Open a payment channel',
      '  channel claim-timeout      Take what is left in an expired channel back',
      '  channel claim-timeout-all  Take what is left in all expired channels back',
      '  sdk generate               Write a typed client of a service, payment included',
      '  version                    Print the version',
      '',
      'Options',
      '  -h, --help     Explain a command: snet call --help',
      '      --json     Print JSON for programs',
      '  -v, --version  Print the version',
    ].join('\n')}\n`,
  );
});

test('behavior: the help of a group lists its commands', async () => {
  const { code, stdout } = await runSnet(['channel', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    '  channel list               List the payment channels of an account\n',
  );
  expect(stdout).not.toContain('  dev ');
});

test.each([...commands.keys()].filter((name) => name !== 'version'))(
  'behavior: snet %s --help explains options and gives examples',
  async (name) => {
    const { code, stdout, stderr } = await runSnet([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`\nUsage\n  snet ${name} `);
    expect(stdout).toContain('\n  -h, --help');
    expect(stdout).toContain(`\nExamples\n  snet ${name}`);
    expect(await runSnet(['help', ...name.split(' ')])).toMatchObject({ stdout });
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  },
);

test.each([
  [['cal'], ['There is no command "cal".', 'Did you mean "snet call"?']],
  [
    ['chanel', 'list'],
    ['There is no command "chanel list".', 'Did you mean "snet channel list"?'],
  ],
  [
    ['account', 'balanc'],
    ['There is no command "account balanc".', 'Did you mean "snet account balance"?'],
  ],
  [['frobnicate'], ['There is no command "frobnicate".', 'See "snet --help".']],
  [
    ['channel'],
    [
      '"snet channel" needs a command.',
      'There is: channel list, channel open, channel claim-timeout, channel claim-timeout-all.',
    ],
  ],
  [
    ['call'],
    ['"snet call" needs ORGANIZATION: id of the organization.', 'See "snet call --help".'],
  ],
  [
    ['dev', 'now'],
    ['"snet dev" has no use for "now".', 'See "snet dev --help".'],
  ],
  [['--bogus'], ['"snet" has no option "--bogus".', 'See "snet --help".']],
  [['--hlp'], ['"snet" has no option "--hlp".', 'Did you mean --help?']],
  [
    ['--bogus', 'dev'],
    ['"snet dev" has no option --bogus.', 'See "snet dev --help".'],
  ],
  [
    ['--version', '--bogus'],
    ['"snet" has no option "--bogus".', 'See "snet --help".'],
  ],
  [
    ['channel', '--help', '-v'],
    ['"snet channel" has no option "-v".', 'See "snet channel --help".'],
  ],
  [
    ['dev', '--onec'],
    ['"snet dev" has no option --onec.', 'Did you mean --once?'],
  ],
  [
    ['dev', '-x'],
    ["Unknown option '-x'.", 'See "snet dev --help".'],
  ],
  [
    ['call', 'a', 'b', '--timeout'],
    ["Option '--timeout <value>' argument missing.", 'See "snet call --help".'],
  ],
  [
    ['call', 'a', 'b', '--private-key', '0x01'],
    [
      'There is no option --private-key: everybody on the machine can read command lines.',
      'Give --private-key-file FILE, or set SNET_PRIVATE_KEY.',
    ],
  ],
])('error: snet %s', async (args, [message, fix]) => {
  expect(await runSnet(args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${message}\n  fix  ${fix}\n`,
  });
});

test('error: as an object', async () => {
  const { code, stdout, stderr } = await runSnet(['cal', '--json']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'COMMAND_LINE_INVALID',
      class: 'usage',
      message: 'There is no command "cal".',
      hint: 'Did you mean "snet call"?',
    },
  });
});

test('error: no network', async () => {
  await using home = await makeHome();
  expect(await runSnet(['account', 'balance'], home)).toEqual({
    code: 2,
    stdout: '',
    stderr: [
      'error: No network is chosen, and no local one is running. (NETWORK_NOT_CHOSEN)',
      '  fix  Start a local network with `snet dev`, or give --network and --rpc.',
      '',
    ].join('\n'),
  });
});

test('error: an unknown network, before an endpoint of it is asked for', async () => {
  await using home = await makeHome();
  const known = 'mainnet (1), sepolia (11155111), or devnet, the local one';
  const lines = (place: string) =>
    [
      'error: The network is unknown. (NETWORK_UNKNOWN)',
      `  place     ${place}`,
      `  expected  ${known}`,
      '  found     "foo"',
      '  fix       Name one of these.',
      '',
    ].join('\n');
  const args = ['account', 'balance'];
  const named = await runSnet([...args, '--network', 'foo'], home);
  expect(named).toEqual({ code: 2, stdout: '', stderr: lines('--network') });
  const { stderr } = await runSnet(args, { env: { ...home.env, SNET_NETWORK: 'foo' } });
  expect(stderr).toBe(lines('SNET_NETWORK'));
});

test.each([
  [['--network', 'sepolia'], 'No RPC endpoint is given for sepolia. (NETWORK_NOT_CHOSEN)'],
  [
    ['--rpc', 'http://127.0.0.1:1'],
    'An RPC endpoint is given, but no network. (NETWORK_NOT_CHOSEN)',
  ],
  [['--network', 'devnet'], 'The local network is not running. (NETWORK_NOT_CHOSEN)'],
  [
    ['--network', 'ropsten', '--rpc', 'http://127.0.0.1:1'],
    'The network is unknown. (NETWORK_UNKNOWN)',
  ],
  [
    ['--network', 'sepolia', '--rpc', 'ftp://x'],
    'The URL of the RPC endpoint cannot be used. (RPC_URL_INVALID)',
  ],
  [
    ['--network', 'sepolia', '--rpc', 'http://127.0.0.1:1'],
    'No private key is given. (PRIVATE_KEY_MISSING)',
  ],
])('error: channel list %s', async (args, message) => {
  await using home = await makeHome();
  const { code, stdout, stderr } = await runSnet(['channel', 'list', ...args], home);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n')[0]).toBe(`error: ${message}`);
});
