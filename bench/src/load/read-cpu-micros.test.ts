import { expect, test } from 'vitest';
import { readCpuMicros } from './read-cpu-micros.ts';

test.skipIf(process.platform !== 'linux')('default: it grows by what this process uses', () => {
  const before = readCpuMicros(process.pid) ?? 0;
  const own = process.cpuUsage();
  let sum = 0;
  for (let i = 0; i < 1e7; i += 1) sum += Math.sqrt(i);
  const { user, system } = process.cpuUsage(own);
  const grown = (readCpuMicros(process.pid) ?? 0) - before;
  expect(sum).toBeGreaterThan(0);
  // Ticks of the system's other clock are a few milliseconds.
  expect(Math.abs(grown - (user + system))).toBeLessThan(20_000 + (user + system) / 2);
});

test('error: nobody has that id', () => {
  expect(readCpuMicros(2 ** 30)).toBeUndefined();
});
