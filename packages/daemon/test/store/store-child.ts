// A process with a store of its own. Reads commands from standard input, one a line, and answers on
// standard output. Started by the tests of the SQLite store; see start-store-child.ts.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openSqliteWriter } from '../../src/store/sqlite-entries.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';

const [path = '', scope = ''] = process.argv.slice(2);
const store = await openSqliteStore({ path, scope });
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
    // Holds the lock of the file until the process dies or `key` milliseconds have passed.
    const database = openSqliteWriter(path);
    database.exec("BEGIN IMMEDIATE; INSERT OR REPLACE INTO entries VALUES (x'00', x'00')");
    say('locked');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(key));
    database.exec('ROLLBACK');
    say('unlocked');
  } else if (command === 'close') {
    await store.close();
    // Nothing but the store may keep the process alive.
    process.stdin.destroy();
    break;
  }
}
