import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { callPlans } from './call-plan.ts';
import { formatSoak } from './format-soak.ts';
import { runSoak } from './run-soak.ts';
import { startSoakNetwork } from './soak-network.ts';

test('default: ten seconds of mixed load, and everybody paid what they got', {
  timeout: 300_000,
}, async () => {
  const require = createRequire(import.meta.url);
  const daemonPackage = dirname(require.resolve('@snetkit/daemon/package.json'));
  const network = await startSoakNetwork({
    daemonCommand: [process.execPath, join(daemonPackage, 'bin/snetd.js')],
    clients: 16,
    pin: () => [],
    onProgress: () => {},
  });
  try {
    const looks: string[] = [];
    const report = await runSoak(network, {
      ms: 10_000,
      sampleMs: 2_000,
      reloadMs: 1_500,
      thinkMs: 50,
      onSample: (name) => looks.push(name),
    });
    process.stdout.write(formatSoak(report));
    const { money, reloads } = report;
    expect(money.differences).toEqual([]);
    expect(money.charged).toBe(money.delivered);
    expect(BigInt(money.delivered)).toBeGreaterThan(0n);
    expect(new Set(looks)).toEqual(new Set(['plain', 'TLS']));
    const names = callPlans.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(report.asPlanned)));
    expect(Math.min(...Object.values(reloads))).toBeGreaterThan(0);
  } finally {
    await network.stop();
  }
});
