import { rmSync } from 'node:fs';
import { pause } from '../pause.ts';
import type { Fault } from './fault.ts';

const killMember: Fault = {
  name: 'kill -9 of an etcd member',
  weight: 3,
  fits: ({ store }) => store.members.length > 0,
  async strike({ world, random, signal, tally }) {
    const member = random.pick(world.store.members);
    await member.kill('SIGKILL');
    tally.storeKills += 1;
    await pause(random.between(0, 1_500), signal);
    if (!signal.aborted) await member.restart().catch(() => {});
  },
};

const freezeMember: Fault = {
  name: 'SIGSTOP of an etcd member',
  weight: 2,
  fits: ({ store }) => store.members.length > 0,
  async strike({ world, random }) {
    const member = random.pick(world.store.members);
    await member.kill('SIGSTOP');
    await pause(random.between(200, 3_000));
    await member.kill('SIGCONT');
  },
};

const fillDisk: Fault = {
  name: 'disk full',
  weight: 2,
  fits: ({ store }) => store.disk !== undefined,
  async prepare({ world }) {
    // An environment that has grown already needs no more room: begin with an empty one.
    await Promise.all(world.replicas.map((replica) => replica.kill()));
    if (world.store.path !== undefined) rmSync(world.store.path, { recursive: true, force: true });
    await world.heal();
  },
  async strike({ world: { store }, random, signal }) {
    await store.disk?.fill();
    await pause(random.between(200, 1_200), signal);
    store.disk?.free();
  },
};

/** What happens to stores. */
export const storeFaults: readonly Fault[] = [killMember, freezeMember, fillDisk];
