import { pause } from '../pause.ts';
import type { Fault } from './fault.ts';

const cutClients: Fault = {
  name: 'connections of clients cut',
  weight: 2,
  cutsWires: true,
  fits: () => true,
  async strike({ world, random, signal }) {
    for (let time = random.between(1, 4); time > 0 && !signal.aborted; time -= 1) {
      random.pick(world.replicas).wire.cut();
      await pause(random.between(30, 250), signal);
    }
  },
};

const cutService: Fault = {
  name: 'service away',
  weight: 2,
  fits: () => true,
  async strike({ world: { service }, random, signal }) {
    service.cut();
    if (random.chance(0.5)) {
      service.isDown = true;
      await pause(random.between(50, 500), signal);
      service.isDown = false;
    }
  },
};

const spoilRpc: Fault = {
  name: 'RPC hangs, answers 429 or is away',
  weight: 3,
  fits: () => true,
  async strike({ world: { rpc }, random, signal }) {
    rpc.mood = random.pick(['hang', 'busy', 'refuse'] as const);
    await pause(random.between(200, 1500), signal);
    rpc.mood = 'forward';
  },
};

const cutStore: Fault = {
  name: 'store unreachable',
  weight: 4,
  fits: ({ store }) => store.wires.length > 0,
  async strike({ world: { store }, random, signal }) {
    const wires = random.chance(0.5) ? random.pick(store.wires) : store.wires.flat();
    const mood = random.pick(['refuse', 'stall'] as const);
    for (const wire of wires) wire.mood = mood;
    await pause(random.between(100, 3_500), signal);
    for (const wire of wires) {
      // What was under way may have arrived or not.
      if (mood === 'stall' && random.chance(0.5)) wire.cut();
      wire.mood = 'pass';
    }
  },
};

/** What happens between the processes. */
export const wireFaults: readonly Fault[] = [cutClients, cutService, spoilRpc, cutStore];
