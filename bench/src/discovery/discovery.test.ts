import { expect, test } from 'vitest';
import { formatSteps } from './format-steps.ts';
import { measureDiscovery } from './measure-discovery.ts';
import { startScaleChain } from './scale-chain.ts';

test('default: 5,000 organizations and 5,000 channels of others', {
  timeout: 240_000,
}, async () => {
  await using chain = await startScaleChain();
  const size = { organizations: 5_000, channels: 5_000 };
  const steps = await measureDiscovery(chain, size, () => {});
  process.stdout.write(formatSteps(steps));
  expect(steps.map(({ name, found, requests }) => [name, found, requests])).toEqual([
    ['list organizations', 5_000, 1],
    // One for the number of the block, then 500 in each.
    ['look all of them up', 5_000, 11],
    ['look one up', 1, 1],
    // The number of the block, and one request by indexed topics.
    ['find own channels', 7, 2],
    ['read them', 7, 2],
    ['find own channels again', 7, 2],
    ['find own channels in five ranges, cut off after three', 3, 4],
    ['go on from there', 7, 3],
    ['for comparison: read every opening of a channel', 5_007, 2],
  ]);
});
