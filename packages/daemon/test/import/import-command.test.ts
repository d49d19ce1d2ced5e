import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OfficialNetwork, startOfficialNetwork } from './official-network.ts';
import { goValue } from './official-vectors.ts';

// Several daemons one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let there: OfficialNetwork;
const fast = ['--observe', '0'];

beforeAll(async () => {
  there = await startOfficialNetwork();
});
afterAll(() => there[Symbol.asyncDispose]());

test('default: the unclaimed list after an import is the one of before', async () => {
  const { network, official, keys, etcd } = there;
  const { price } = network.devnet;
  const [first, second, third] = [
    await network.openChannel(),
    await network.openChannel(),
    await network.openChannel(),
  ];
  await there.writeChannel({ channelId: first, amount: price * 3n });
  await there.writeChannel({ channelId: second, amount: price * 40n });
  await there.writeChannel({ channelId: third, nonce: 1n, amount: price });
  await there.writeClaim({ channelId: third, nonce: 0n, amount: price * 5n });
  // And one that the chain does not have, as Go wrote it.
  await official.put(keys.channel(42n), goValue('channel_with_payment'), 0n);
  await official.put(keys.channelLock(42n), Buffer.from('unlocked'), 0n);
  const file = await there.writeConfig('import.json');
  const from = ['-c', file, '--from', etcd.endpoints.join(',')];

  const dryRun = await there.run(['import', ...from, ...fast, '--dry-run']);
  expect(dryRun).toMatchObject({ code: 0 });
  expect(dryRun.stdout).toBe(
    [
      'Channels:         4 found, 4 to write, 0 there already',
      `  to claim:       4 channels, ${price * 44n + 12_300n} cogs`,
      'Claims:           1 found, 1 to write, 0 there already, 0 on the chain already',
      `  in progress:    ${price * 5n} cogs`,
      'Prepaid:          0 found, 0 to write, 0 there already',
      '  planned, used:  0, 0 cogs',
      'Free-call users:  0 found, 0 to write, 0 there already, 0 other spellings',
      '  calls made:     0',
      'Locks held:       0, not taken over',
      'Training records: 0, not taken over',
      'Doubtful, taken over: 2',
      '  channel/42: the channel is of group ewAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      "  channel/42: 12300 cogs of nonce 3 are not signed by the channel's signer or sender",
      '',
    ].join('\n'),
  );
  expect(await there.run(['list', 'channels', '-c', file])).toMatchObject({
    stdout: 'no channels in shared storage\n',
  });

  expect(await there.run(['import', ...from, ...fast])).toMatchObject({ code: 0 });
  const again = await there.run(['import', ...from, ...fast, '--json']);
  expect(JSON.parse(again.stdout).report).toMatchObject({
    channels: { found: 4, written: 0, kept: 4 },
    claims: { found: 1, written: 0, kept: 1 },
    conflicts: [],
  });

  const daemon = await there.start();
  const refused = await there.run(['import', ...from, ...fast]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('A daemon serves this group.\nPlace: ');
  const provider = there.provider(daemon);
  const told = await provider.listUnclaimed();
  expect(told.map(({ channelId, nonce, amount }) => [channelId, nonce, amount])).toEqual([
    [first, 0n, price * 3n],
    [second, 0n, price * 40n],
    [third, 1n, price],
    [42n, 3n, 12_300n],
  ]);
  // The claim of before lands, a new one is started and lands.
  const [claim] = await provider.listInProgress();
  expect(claim).toMatchObject({
    channelId: third,
    nonce: 0n,
    amount: price * 5n,
    actual: price * 5n,
  });
  if (claim !== undefined) await provider.land(claim);
  await provider.land(await provider.startClaim(second));
  await daemon.stop();
});
