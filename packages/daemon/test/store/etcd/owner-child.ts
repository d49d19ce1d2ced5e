// A process with a store in etcd, started by the tests of owners. `own SECONDS` opens an owner and says
// its id; `put KEY` says the outcome; `lives` says whether the owner counts itself as alive.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { Owner } from '../../../src/store/store.ts';

const [endpoint = '', scope = '', leaseMs = ''] = process.argv.slice(2);
const store = await openEtcdStore({ endpoints: [endpoint], scope, leaseMs: Number(leaseMs) });
const say = (line: string) => writeSync(1, `${line}\n`);
let owner: Owner | undefined;

say('open');
for await (const line of createInterface({ input: process.stdin })) {
  const [command, key = ''] = line.split(' ');
  if (command === 'own') {
    owner = await store.openOwner();
    say(owner.id);
  } else if (command === 'put') {
    const writes = [{ key, value: Buffer.from('v') }];
    // At once, before any timer of the store has had a chance.
    const asked = store.commit([{ checks: [], writes }]);
    const lives = owner !== undefined && performance.now() < owner.deadline;
    const [outcome] = await asked;
    say(`${lives ? 'alive' : 'dead'} ${outcome?.outcome} ${owner?.lost.aborted ? 'lost' : 'held'}`);
  }
}
