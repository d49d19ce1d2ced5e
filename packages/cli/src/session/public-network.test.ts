import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadNetworks } from '@snetkit/contracts/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInTerminal } from '../../test/run-in-terminal.ts';
import { runInside } from '../../test/run-inside.ts';
import { runSnet } from '../../test/run-snet.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';
import { getNetworkFile, writeNetworkFile } from '../dev/network-file.ts';

// A network that poses as Sepolia, and that no descriptor names: to snet it is a public one.
let network: LocalNetwork;
let flags: string[];
let env: Record<string, string>;

const call = ['call', 'local', 'text', 'Detect', '{"text": "Guten Morgen"}'];

beforeAll(async () => {
  network = await startLocalNetwork({ as: 'sepolia', announce: false });
  const { rpcUrl, contentUrl, accounts } = network.devnet;
  flags = ['--network', 'sepolia', '--rpc', rpcUrl, '--ipfs', contentUrl];
  env = { ...network.home.env, SNET_PRIVATE_KEY: accounts.client.privateKey };
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('error: nobody is asked, and nobody agreed', async () => {
  const { code, stdout, stderr } = await runSnet([...call, ...flags], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    [
      'error: Spending was not confirmed. (CONFIRMATION_MISSING)',
      '  found  Pay 0.001 FET for text.v1.TextService/Detect on sepolia, from a channel, opened or topped up if need be?',
      '  fix    Give --yes; --max-price limits what a call may cost.',
      '',
    ].join('\n'),
  );
});

test('behavior: --yes agrees; settings come from the environment', async () => {
  const [, , , rpc = '', , ipfs = ''] = flags;
  const settings = { SNET_NETWORK: 'sepolia', SNET_RPC_URL: rpc, SNET_IPFS_URL: ipfs };
  const { code, stdout } = await runInside([...call, '--yes', '--json'], {
    env: { ...env, ...settings },
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    result: { detection: { language: { code: 'de' } } },
    payment: { channelId: '0', signedAfter: { amount: '0.001 FET' } },
  });
});

test.skipIf(process.platform !== 'linux')(
  'behavior: a person is asked, and says no or yes',
  async () => {
    const question =
      'Pay 0.001 FET for text.v1.TextService/Detect on sepolia, from a channel, opened or topped up if need be? [y/N] ';
    const no = await runInTerminal([...call, ...flags], { env, answers: [[question, 'n\r']] });
    expect(no.code).toBe(2);
    expect(no.screen).toContain('Nothing was spent: the answer was no.');
    const yes = await runInTerminal([...call, ...flags], { env, answers: [[question, 'y\r']] });
    expect(yes.code).toBe(0);
    expect(yes.screen).toContain('"name": "German"');
    expect(yes.screen).toMatch(/paid 0\.001 FET on channel 0, signed 0\.002 FET there/);
  },
);

test('behavior: the key comes from a file', async () => {
  const file = join(network.home.directory, 'key.txt');
  await writeFile(file, `${network.devnet.accounts.secondClient.privateKey}\n`);
  await chmod(file, 0o600);
  const { SNET_PRIVATE_KEY: _, ...keyless } = env;
  const args = ['account', 'balance', ...flags, '--private-key-file', file, '--json'];
  const { code, stdout } = await runInside(args, { env: keyless });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    network: 'sepolia',
    account: network.devnet.accounts.secondClient.address,
  });
});

test('behavior: a channel tells when it expires', async () => {
  const { stdout } = await runInside(['channel', 'list', ...flags], { env });
  expect(stdout).toMatch(
    / 1[0-9]{5} \(in 14 days\)\n\nSigned and unspent are what this program knows/,
  );
});

test('error: the key file cannot be read', async () => {
  const args = ['account', 'balance', ...flags, '--private-key-file', '/nowhere/key'];
  const { code, stderr } = await runInside(args, { env });
  expect(code).toBe(2);
  expect(stderr.split('\n').slice(0, 2)).toEqual([
    'error: The file of the private key cannot be read. (INPUT_UNREADABLE)',
    '  place  /nowhere/key',
  ]);
});

test('error: the endpoint belongs to another network', async () => {
  const args = ['account', 'balance', '--network', 'mainnet', ...flags.slice(2)];
  const { code, stderr } = await runInside(args, { env });
  expect(code).toBe(2);
  expect(stderr).toBe(
    [
      'error: The RPC endpoint belongs to another chain. (CHAIN_ID_MISMATCH)',
      `  place     ${network.devnet.rpcUrl}`,
      '  expected  chain id 1 (mainnet)',
      '  found     chain id 11155111',
      '  fix       Give an RPC endpoint of the network, or choose another network.',
      '',
    ].join('\n'),
  );
});

test('behavior: the file that snet dev writes is one of custom networks', async () => {
  const { devnet } = network;
  await writeNetworkFile(devnet);
  const [custom] = await loadNetworks(getNetworkFile(devnet));
  const { mpe: multiPartyEscrow, registry, token: tokenAddress } = devnet.contracts;
  expect(custom).toMatchObject({
    ...{ name: 'devnet', chainId: devnet.chainId, blockTimeSeconds: 1 },
    stands: [{ multiPartyEscrow, registry, tokenAddress }],
  });
});

test('behavior: a custom network from a file', async () => {
  const { chainId, contracts, rpcUrl } = network.devnet;
  const { mpe: multiPartyEscrow, registry, token: tokenAddress } = contracts;
  const stand = { name: 'prod', token: 'MINE', tokenDecimals: 18, multiPartyEscrow, registry };
  const definition = { name: 'mine', chainId, stands: [{ ...stand, tokenAddress }] };
  const file = join(network.home.directory, 'networks.json');
  await writeFile(file, JSON.stringify([definition]));
  const args = ['account', 'balance', '--network', 'mine', '--rpc', rpcUrl, '--json'];
  const settings = { ...env, SNET_NETWORKS: file };
  const { code, stdout } = await runInside(args, { env: settings });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ network: 'mine' });

  await writeFile(file, JSON.stringify([{ ...definition, chainId: 'x' }]));
  const wrong = await runInside(args, { env: settings });
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.stdout)).toMatchObject({
    error: { code: 'NETWORK_INVALID', place: `${file}: [0]: chainId` },
  });
});
