import { type HammerResult, hammer } from '../scenarios/hammer.ts';
import { startWorld } from '../world/start-world.ts';

/** One hammering, and whether it shows what it must show. */
export interface HammerReport extends HammerResult {
  readonly store: string;
  readonly kills: number;
  readonly channels: number;
  readonly isGood: boolean;
}

const [channels, kills, everyMs, longestRecoveryMs] = [64, 6, 3_000, 1_000];

/** Two replicas on one etcd, of one member and of three, with the lease that a provider has: 10 s. */
export async function runHammers(options: {
  seed: string;
  fromSource: boolean;
  onProgress(text: string): void;
}): Promise<readonly HammerReport[]> {
  const { seed, fromSource, onProgress } = options;
  const reports: HammerReport[] = [];
  for (const store of ['etcd1', 'etcd3'] as const) {
    onProgress(`${store}: hammering ${channels} channels through two replicas`);
    const world = await startWorld({ store, leaseSeconds: 10, fromSource });
    try {
      const result = await hammer({ world, seed: `${seed}/${store}`, channels, kills, everyMs });
      const { chargedNotServed, servedNotCharged, unusable, violations, recoveryMs } = result;
      const isExact =
        [...chargedNotServed, ...servedNotCharged, ...violations].length + unusable === 0;
      const isGood = isExact && Math.max(...recoveryMs) <= longestRecoveryMs;
      reports.push({ store: world.store.name, kills, channels, ...result, isGood });
    } finally {
      await world.stop();
    }
  }
  return reports;
}
