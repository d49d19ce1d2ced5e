import { expect, test } from 'vitest';
import type { SimulationOptions } from './options.ts';
import { scenarios } from './scenarios.ts';
import { openScript } from './script.ts';
import { simulate } from './simulate.ts';

/** A schedule that failed once, as `npm run simulate` prints it. */
interface Regression {
  readonly name: string;
  readonly scenario: string;
  readonly options: Partial<SimulationOptions>;
  readonly draws: readonly number[];
}

// A draw of 1023 is calm: the oldest thing happens next, and nothing goes wrong.
const c = 1023;

const regressions: readonly Regression[] = [
  {
    name: 'a channel that nobody has paid on is refused with the nonce of a block that was taken back',
    scenario: 'reorganisations',
    options: { linger: 0, unknown: 0, outage: 0 },
    draws: [
      ...[c, c, 284, c, c, 260, c, c, c, c, c, 136, c, c, 209, c, c, c, 153, 354, c, c, c, c],
      ...[c, c, c, c, c, 649, c, 14, c, 257, 164, c, c, c, c, c, c, 269, c, 59, c, c, c, 162],
      ...[c, c, 486, c, 265, c, c, c, c, c, 410, c, 8, c, c, c, c, c, 378, c, c, c, c, c],
      ...[c, c, 429, c, c, 549, 89],
    ],
  },
];

for (const { name, scenario, options, draws } of regressions) {
  test(`behavior: ${name}`, async () => {
    const ordinary = scenarios.find((other) => other.name === scenario)?.options;
    if (ordinary === undefined) throw new Error(`there is no scenario ${scenario}`);
    const { faults } = await simulate({ ...ordinary, ...options, seed: 1 }, { draws });
    expect(faults).toEqual([]);
  });
}

test('behavior: a channel that nobody has paid on takes its nonce from the chain as it is now', async () => {
  const script = await openScript({});
  const { world, channel } = script;
  script.send({ nonce: 0n, amount: 1n, price: 1n }, { at: 0, plan: 'fails' });
  await script.go();
  world.chain.change(channel.id, () => ({ nonce: 1n }));
  await script.go();
  world.chain.reorganise(channel.id, 1_000);
  const call = script.send({ nonce: 0n, amount: 1n, price: 1n }, { at: 0 });
  await script.go('r0 sees');
  expect(script.endOf(call)).toBe(0);
});

test('behavior: when the claim of somebody else is taken back, calls go on and what was signed can be claimed', async () => {
  const script = await openScript({});
  const { world, channel } = script;
  const { books } = channel.witness;
  script.send({ nonce: 0n, amount: 3n, price: 3n }, { at: 0 });
  await script.go();
  world.chain.change(channel.id, () => ({ nonce: 1n }));
  await script.go();
  script.send({ nonce: 1n, amount: 1n, price: 1n }, { at: 0 });
  await script.go();
  world.chain.reorganise(channel.id, 60_000);
  const call = script.send({ nonce: 1n, amount: 2n, price: 1n }, { at: 0 });
  await script.go();
  expect(script.endOf(call)).toBe(0);
  expect(books.claims.get(0n)).toMatchObject({ amount: 3n, actual: 3n });
  expect(world.faults).toEqual([]);
});
