import { expect, test } from 'vitest';
import { formatFacts } from './format-facts.ts';
import { formatTable } from './format-table.ts';

test('default', () => {
  const columns = [{ title: 'id', align: 'right' }, { title: 'name' }, { title: '' }] as const;
  const rows = [
    ['1', 'first', 'x'],
    ['100', 'a longer one', ''],
  ];
  expect(formatTable(columns, rows, (titles) => `<${titles}>`)).toBe(
    ['< id  name>', '  1  first         x', '100  a longer one'].join('\n'),
  );
});

test('behavior: no rows', () => {
  expect(formatTable([{ title: 'id' }], [])).toBe('id');
});

test('behavior: facts', () => {
  const facts = [
    ['a', 'one'],
    ['longer', 'two'],
  ] as const;
  expect(formatFacts(facts, (name) => `<${name}>`)).toBe('  <a     >  one\n  <longer>  two');
});
