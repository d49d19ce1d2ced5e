import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';
import { readFields } from './read-fields.ts';

const read = (text: string) =>
  readFields(parseJson(text), (name, expected) => {
    throw new TypeError(`${name}: expected ${expected}`);
  });

test('default: every kind of field', () => {
  const fields = read(
    '{"amount":"123456789012345678901234567890","hash":"0xabCD","name":"","count":-3,"done":false,"items":[1],"none":null}',
  );
  expect(fields.amount('amount')).toBe(123456789012345678901234567890n);
  expect(fields.hex('hash', 2)).toBe('0xabCD');
  expect(fields.hex('hash')).toBe('0xabCD');
  expect(fields.text('name')).toBe('');
  expect(fields.number('count')).toBe(-3);
  expect(fields.boolean('done')).toBe(false);
  expect(fields.list('items')).toEqual([1]);
  expect([fields.field('count'), fields.field('other')]).toEqual([-3, null]);
  expect([fields.has('name'), fields.has('none'), fields.has('other')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('default: items of a list by their index', () => {
  expect(read('["7","8"]').amount('1')).toBe(8n);
});

test.each([
  ['amount', 'x: expected a decimal number', ['{"x":7}', '{"x":"-7"}', '{"x":"7.0"}', '{}', '3']],
  ['hex', 'x: expected 0x and bytes', ['{"x":"0xa"}', '{"x":"ab"}']],
  ['text', 'x: expected a text', ['{"x":7}', 'null']],
  ['number', 'x: expected an integer', ['{"x":"7"}', '{"x":1.5}', '{"x":9007199254740992}']],
  ['boolean', 'x: expected true or false', ['{"x":0}']],
  ['list', 'x: expected a list', ['{"x":{}}']],
] as const)('error: no %s', (kind, message, texts) => {
  for (const text of texts) expect(() => read(text)[kind]('x')).toThrow(message);
});

test('error: another number of bytes', () => {
  expect(() => read('{"x":"0xabcd"}').hex('x', 1)).toThrow('x: expected 1 bytes');
});
