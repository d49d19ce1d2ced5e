// `npm run bench:discovery -- [--organizations N] [--channels N] [--json FILE]`: what it takes to find
// something on a chain with much on it, in requests. See ../../README.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatSteps } from './format-steps.ts';
import { measureDiscovery } from './measure-discovery.ts';
import { startScaleChain } from './scale-chain.ts';

const { values } = parseArgs({
  options: {
    organizations: { type: 'string', default: '5000' },
    channels: { type: 'string', default: '200000' },
    json: { type: 'string' },
  },
});
const size = {
  organizations: readCount('organizations', values.organizations),
  channels: readCount('channels', values.channels),
};
await using chain = await startScaleChain();
const steps = await measureDiscovery(chain, size, (text) => process.stderr.write(`  ${text}\n`));
process.stdout.write(formatSteps(steps));
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ ...size, steps }, null, 2)}\n`);
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  process.stderr.write(`--${name}: expected a whole number from 1, found ${text}\n`);
  process.exit(2);
}
