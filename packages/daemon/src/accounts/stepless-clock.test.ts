import { expect, test } from 'vitest';
import { createSteplessClock } from './stepless-clock.ts';

const day = 24 * 3_600;

function start() {
  const clocks = { ms: 5_000, seconds: 1_000_000 };
  const clock = createSteplessClock({ now: () => clocks.ms, wallSeconds: () => clocks.seconds });
  return { clocks, clock };
}

test('default: both are the wall clock', () => {
  const { clocks, clock } = start();
  clocks.ms += 90_000;
  clocks.seconds += 90;
  expect([clock.earliest(), clock.latest()]).toEqual([1_000_090, 1_000_090]);
});

test('behavior: a step ahead moves only the later one, a step back only the earlier one', () => {
  const { clocks, clock } = start();
  clocks.ms += 2_000;
  clocks.seconds += 2 + day;
  expect([clock.earliest(), clock.latest()]).toEqual([1_000_002, 1_000_002 + day]);
  clocks.seconds -= 2 * day;
  expect([clock.earliest(), clock.latest()]).toEqual([1_000_002 - day, 1_000_002]);
});
