import { pause } from '../pause.ts';
import type { Replica } from '../world/replica.ts';
import type { Fault, FaultScene } from './fault.ts';

async function killOne({ random, tally, signal }: FaultScene, replica: Replica): Promise<void> {
  await replica.kill();
  tally.kills += 1;
  tally.deaths += 1;
  await pause(random.between(0, 150), signal);
  if (!signal.aborted) await replica.start();
}

const kill: Fault = {
  name: 'kill -9',
  weight: 6,
  fits: () => true,
  async strike(scene) {
    await killOne(scene, scene.random.pick(scene.world.replicas));
  },
};

const killAll: Fault = {
  name: 'kill -9 of both',
  weight: 2,
  fits: () => true,
  async strike(scene) {
    await Promise.all(scene.world.replicas.map((replica) => killOne(scene, replica)));
  },
};

/** Many answers at once: as many calls as can be are between commit and hand-over. */
const killInBurst: Fault = {
  name: 'kill -9 in a burst of answers',
  weight: 4,
  fits: () => true,
  async strike(scene) {
    const { random, world } = scene;
    const letGo = world.service.shutGate();
    await pause(random.between(150, 400));
    letGo();
    await pause(random.between(0, 25));
    await killOne(scene, random.pick(world.replicas));
  },
};

const killTwice: Fault = {
  name: 'kill -9, and again while it starts',
  weight: 1,
  fits: () => true,
  async strike(scene) {
    const { random, signal, tally, world } = scene;
    const replica = random.pick(world.replicas);
    await replica.kill();
    tally.kills += 1;
    tally.deaths += 1;
    const starting = replica.start().catch(() => {});
    await starting;
    await pause(random.between(0, 200), signal);
    await killOne(scene, replica);
  },
};

const freeze: Fault = {
  name: 'SIGSTOP',
  weight: 2,
  fits: () => true,
  async strike({ world, random, tally }) {
    const replica = random.pick(world.replicas);
    replica.freeze();
    // With leases: now and then for so long that the others take it for dead.
    const { leaseSeconds } = world.store;
    const isLong = leaseSeconds !== undefined && random.chance(0.6);
    const shortMs = random.between(50, 800);
    await pause(isLong ? leaseSeconds * 1000 + random.between(500, 1500) : shortMs);
    if (isLong) tally.deaths += 1;
    replica.thaw();
  },
};

const stepClock: Fault = {
  name: 'clock step',
  weight: 1,
  fits: () => true,
  async strike({ world, random, signal }) {
    const replica = random.pick(world.replicas);
    for (let step = 0; step < 3 && !signal.aborted; step += 1) {
      if (replica.isUp) replica.stepClock();
      await pause(random.between(50, 400), signal);
    }
  },
};

/** What happens to daemons. */
export const processFaults: readonly Fault[] = [
  kill,
  killInBurst,
  killAll,
  killTwice,
  freeze,
  stepClock,
];
