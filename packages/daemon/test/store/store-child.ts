// A process with a store of its own. Reads commands from standard input, one a line, and answers on
// standard output. Started by the tests of the LMDB store; see start-store-child.ts.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openLmdbEnvironment } from '../../src/store/lmdb-environment.ts';
import { openLmdbStore } from '../../src/store/lmdb-store.ts';

const [path = '', scope = '', mapKiB = '16777216'] = process.argv.slice(2);
const store = await openLmdbStore({ path, scope, mapSizeBytes: Number(mapKiB) * 1_024 });
const say = (line: string) => writeSync(1, `${line}\n`);

async function increment(key: string): Promise<void> {
  for (;;) {
    const entry = await store.get(key);
    const next = Number(entry === undefined ? 0 : Buffer.from(entry.value).toString()) + 1;
    const [outcome] = await store.commit([
      {
        checks: [{ key, version: entry?.version ?? 0n }],
        writes: [{ key, value: Buffer.from(String(next)) }],
      },
    ]);
    if (outcome?.outcome === 'applied') return;
    if (outcome?.outcome === 'unknown') throw outcome.cause;
  }
}

say('open');
for await (const line of createInterface({ input: process.stdin })) {
  const [command, key = '', value = '', repeat = '1'] = line.split(' ');
  if (command === 'put') {
    const [outcome] = await store.commit([
      { checks: [], writes: [{ key, value: Buffer.from(value.repeat(Number(repeat))) }] },
    ]);
    if (outcome?.outcome === 'applied') say(`applied ${outcome.version}`);
    else if (outcome?.outcome === 'unknown') say(`unknown ${JSON.stringify(outcome.cause)}`);
  } else if (command === 'increment') {
    for (let n = 0; n < Number(value); n += 1) {
      await increment(key);
      say('done');
    }
    say('all done');
  } else if (command === 'own') {
    say((await store.openOwner()).id);
  } else if (command === 'lock') {
    // Holds the lock of the environment until the process dies or `value` milliseconds have passed.
    const environment = openLmdbEnvironment({ path, mapSizeBytes: 16 * 2 ** 30 });
    environment.transactionSync(() => {
      environment.putSync(Buffer.from('half'), Buffer.from('written'));
      say('locked');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(key));
    });
    say('unlocked');
  } else if (command === 'close') {
    await store.close();
    // Nothing but the store may keep the process alive.
    process.stdin.destroy();
    break;
  }
}
