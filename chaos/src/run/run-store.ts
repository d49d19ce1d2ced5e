import { type StoreName, startWorld } from '../world/start-world.ts';
import { runOnce } from './run-once.ts';
import type { RunResult } from './run-result.ts';
import { addUp, type Total } from './total.ts';

/** All runs on one kind of store. */
export interface RunStoreOptions {
  readonly kind: 'lmdb' | 'etcd';
  readonly runs: number;
  /** Number of the first run: with the seed it names what happens in it. */
  readonly first: number;
  readonly seed: string;
  readonly fromSource: boolean;
  readonly historyDirectory: string;
  onProgress(text: string): void;
}

/** Calls of each run. */
const calls = 200;

/** Runs one after the other; half of those on etcd on one member, half on three. */
export async function runStore(
  options: RunStoreOptions,
): Promise<{ total: Total; results: readonly RunResult[] }> {
  const { kind, runs, first, seed, fromSource, historyDirectory, onProgress } = options;
  const half = Math.ceil(runs / 2);
  const parts: readonly [StoreName, number][] =
    kind === 'lmdb'
      ? [['lmdb', runs]]
      : [
          ['etcd1', half],
          ['etcd3', runs - half],
        ];
  const results: RunResult[] = [];
  const started = performance.now();
  for (const [store, count] of parts) {
    if (count === 0) continue;
    onProgress(`${store}: starting`);
    const world = await startWorld({ store, fromSource });
    if (store === 'lmdb' && world.store.disk === undefined) {
      onProgress('lmdb: no small file system can be mounted here, so none is filled');
    }
    try {
      for (let index = 0; index < count; index += 1) {
        const name = `${seed}/${store}/${first + index}`;
        const result = await runOnce({
          ...{ world, calls, historyDirectory },
          seed: name,
          usableMs: 1_000,
        });
        results.push(result);
        for (const line of result.violations) onProgress(`${name}: ${line}`);
        if (results.length % 10 === 0 || result.violations.length > 0) {
          onProgress(describe(kind, addUp(kind, results), runs, performance.now() - started));
        }
      }
    } finally {
      await world.stop();
    }
  }
  return { total: addUp(kind, results), results };
}

function describe(kind: string, total: Total, runs: number, ms: number): string {
  const { kills, calls, chargedNotServed, servedNotCharged, unusable } = total;
  const seconds = (ms / 1000).toFixed();
  return (
    `${kind}: ${total.runs} of ${runs} runs in ${seconds} s, ${kills} kills, ${calls} calls, ` +
    `differences ${chargedNotServed}, ${servedNotCharged}, ${unusable}`
  );
}
