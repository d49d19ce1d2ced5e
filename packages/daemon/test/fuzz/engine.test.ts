import { describe, expect, test } from 'vitest';
import { createRandomSource } from '../hostile/random-source.ts';
import { mutate } from './mutate.ts';
import { runTarget } from './run-target.ts';

const options = { seed: 7, ms: 60_000 };

test('default: four letters that nobody could guess at once are found one by one', async () => {
  const { result } = await runTarget({ ...options, target: 'fault' });
  expect(result.finding?.text).toMatch(/^TypeError: the planted fault\n/);
  // Shrunk to what the fault needs.
  expect(Buffer.from(result.finding?.input ?? []).toString()).toBe('fuzz');
  expect(result.kept).toBeGreaterThanOrEqual(3);
});

test('behavior: an input that never comes back is ended and told', async () => {
  const { result } = await runTarget({ ...options, target: 'hang', hangMs: 5_000 });
  expect(result.finding?.text).toBe('an input ran for more than 5000 ms');
  expect(Buffer.from(result.finding?.input ?? []).toString('latin1')).toMatch(/^fu/);
});

test('behavior: memory that is never given back is told', async () => {
  const { result } = await runTarget({ ...options, ms: 4_000, target: 'leak' });
  expect(result.finding?.text).toMatch(/^memory grew by [0-9]+ MiB$/);
});

test('behavior: nothing is found where nothing is', async () => {
  const { result } = await runTarget({ ...options, ms: 1_000, target: 'sound' });
  expect(result.finding).toBeUndefined();
  expect(result.executions).toBeGreaterThan(0);
});

describe('mutate', () => {
  test('behavior: the same seed changes in the same way, and nothing grows beyond its limit', () => {
    const change = (seed: number) => {
      const random = createRandomSource(seed);
      const words = [Buffer.from('word')];
      const other = Buffer.from('another input');
      let input: Buffer = Buffer.from('an input');
      const seen: string[] = [];
      for (let turn = 0; turn < 300; turn += 1) {
        input = mutate(input, { random, words, other, maxBytes: 40 });
        seen.push(input.toString('latin1'));
      }
      return seen;
    };
    expect(change(1)).toEqual(change(1));
    expect(change(1)).not.toEqual(change(2));
    expect(Math.max(...change(3).map((text) => text.length))).toBeLessThanOrEqual(40);
  });
});
