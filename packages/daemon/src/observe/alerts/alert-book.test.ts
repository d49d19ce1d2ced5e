import { expect, test } from 'vitest';
import type { Condition } from './alert.ts';
import { createAlertBook } from './alert-book.ts';

const looked = ['unclaimed', 'store'] as const;

function unclaimed(...ids: string[]): Condition {
  const items = ids.map((id) => ({ id, line: `channel ${id}` }));
  return { kind: 'unclaimed', title: 'unclaimed', items, hint: 'claim' };
}

test('default: told when it begins, not again while it holds, and when it is over', () => {
  const book = createAlertBook({ repeatMs: 1_000, gapMs: 100 });
  const conditions = [unclaimed('1', '2')];
  expect(book.update({ now: 0, looked, conditions })).toEqual([
    {
      ...{ kind: 'unclaimed', state: 'raised', title: 'unclaimed', hint: 'claim' },
      lines: ['channel 1', 'channel 2'],
    },
  ]);
  expect(book.update({ now: 999, looked, conditions })).toEqual([]);
  expect(book.update({ now: 1_000, looked, conditions })).toHaveLength(1);
  expect(book.update({ now: 1_001, looked, conditions: [] })).toEqual([
    { kind: 'unclaimed', state: 'resolved', title: 'over: unclaimed', lines: [], hint: '' },
  ]);
  expect(book.update({ now: 1_002, looked, conditions: [] })).toEqual([]);
  expect(book.update({ now: 1_003, looked, conditions })).toHaveLength(1);
});

test('behavior: what joins is told after a gap, what leaves is not', () => {
  const book = createAlertBook({ repeatMs: 1_000, gapMs: 100 });
  book.update({ now: 0, looked, conditions: [unclaimed('1', '2')] });
  expect(book.update({ now: 500, looked, conditions: [unclaimed('1')] })).toEqual([]);
  expect(book.update({ now: 501, looked, conditions: [unclaimed('1', '3')] })).toHaveLength(1);
  expect(book.update({ now: 600, looked, conditions: [unclaimed('1', '4')] })).toEqual([]);
  expect(book.update({ now: 601, looked, conditions: [unclaimed('1', '4')] })).toHaveLength(1);
});

test('behavior: a kind that was not looked at is not over', () => {
  const book = createAlertBook({ repeatMs: 1_000, gapMs: 100 });
  book.update({ now: 0, looked, conditions: [unclaimed('1')] });
  expect(book.update({ now: 1, looked: ['store'], conditions: [] })).toEqual([]);
  expect(book.update({ now: 2, looked, conditions: [] })).toHaveLength(1);
});

test('behavior: a thousand channels make one alert that can be read', () => {
  const book = createAlertBook({ repeatMs: 1_000, gapMs: 100 });
  const ids = Array.from({ length: 1_000 }, (_, index) => `${index}`);
  const [alert] = book.update({ now: 0, looked, conditions: [unclaimed(...ids)] });
  expect(alert?.lines).toHaveLength(21);
  expect(alert?.lines.at(-1)).toBe('... and 980 more');
});
