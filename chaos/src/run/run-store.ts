import { type StoreName, startWorld } from '../world/start-world.ts';
import { runOnce } from './run-once.ts';
import type { RunResult } from './run-result.ts';
import { addUp, type Total } from './total.ts';

/** All runs on one kind of store. */
export interface RunStoreOptions {
  readonly kind: 'sqlite' | 'etcd';
  readonly runs: number;
  /** Number of the first run: with the seed it names what happens in it. */
  readonly first: number;
  readonly seed: string;
  readonly fromSource: boolean;
  readonly historyDirectory: string;
  onProgress(text: string): void;
}

/** Calls of each run. */
const calls = 160;

/** Two replicas are killed and started all the time: more worlds than these only wait for each other. */
const worlds = {
  sqlite: ['sqlite'],
  etcd: ['etcd1', 'etcd3'],
} as const satisfies Record<string, readonly StoreName[]>;

/** All runs on one kind of store; half of those on etcd on one member, half on three, side by side. */
export async function runStore(
  options: RunStoreOptions,
): Promise<{ total: Total; results: readonly RunResult[] }> {
  const { kind, runs, first, onProgress } = options;
  const results: RunResult[] = [];
  const started = performance.now();
  const names: readonly StoreName[] = worlds[kind];
  await Promise.all(
    names.map((store, at) => {
      const count = Math.floor((runs + at) / names.length);
      return runWorld({ ...options, store, runs: count, first }, (result) => {
        results.push(result);
        for (const line of result.violations) onProgress(`${result.seed}: ${line}`);
        if (results.length % 10 !== 0 && result.violations.length === 0) return;
        onProgress(describe(kind, addUp(kind, results), runs, performance.now() - started));
      });
    }),
  );
  return { total: addUp(kind, results), results };
}

/** Runs one after the other in one world. */
async function runWorld(
  options: RunStoreOptions & { store: StoreName },
  onResult: (result: RunResult) => void,
): Promise<void> {
  const { store, runs, first, seed, fromSource, historyDirectory, onProgress } = options;
  if (runs === 0) return;
  onProgress(`${store}: starting`);
  const world = await startWorld({ store, fromSource });
  if (store === 'sqlite' && world.store.disk === undefined) {
    onProgress('sqlite: no small file system can be mounted here, so none is filled');
  }
  try {
    for (let index = first; index < first + runs; index += 1) {
      const name = `${seed}/${store}/${index}`;
      onResult(await runOnce({ world, calls, historyDirectory, seed: name, usableMs: 1_000 }));
    }
  } finally {
    await world.stop();
  }
}

function describe(kind: string, total: Total, runs: number, ms: number): string {
  const { kills, calls, chargedNotServed, servedNotCharged, unusable } = total;
  const seconds = (ms / 1000).toFixed();
  return (
    `${kind}: ${total.runs} of ${runs} runs in ${seconds} s, ${kills} kills, ${calls} calls, ` +
    `differences ${chargedNotServed}, ${servedNotCharged}, ${unusable}`
  );
}
