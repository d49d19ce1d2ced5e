import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelAtOnce } from '../src/scenarios/cancel.ts';
import { startWorld } from '../src/world/start-world.ts';
import type { World } from '../src/world/world.ts';

const clients = 200;

let world: World;
let channels: readonly bigint[];

beforeAll(async () => {
  world = await startWorld({ store: 'sqlite', replicas: 1, fromSource: true });
  channels = await world.openChannels(clients, 10);
});

afterAll(() => world?.stop());

test.each([
  ['unary calls', 1, 'm,h', false],
  ['streams of the service', 2, 'm,w1,m,h', false],
  ['streams of both sides', 3, 'm,w1,m,h', true],
])(
  `behavior: ${clients} clients leave after the first byte of %s: all are charged`,
  async (_, index, plan, keepsOpen) => {
    const result = await cancelAtOnce({
      ...{ world, channels, index, plan, keepsOpen, manner: 'leaveAfterFirst' },
    });
    expect(result).toEqual({ served: clients, leftAtService: clients, charged: clients });
  },
);

test.each([
  ['unary calls', false],
  ['open streams', true],
])(
  `behavior: ${clients} clients leave %s that the service holds: none is charged`,
  async (_, keepsOpen) => {
    const result = await cancelAtOnce({
      ...{ world, channels, index: 4, plan: 'h', keepsOpen, manner: 'leaveHeld' },
    });
    expect(result).toEqual({ served: 0, leftAtService: clients, charged: 0 });
  },
);
