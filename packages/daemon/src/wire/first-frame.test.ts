import { array, assert, integer, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMessage } from '../../test/transport/messages.ts';
import { FirstFrame } from './first-frame.ts';

test('default', () => {
  const frame = new FirstFrame();
  expect(frame.push(encodeMessage('hello').subarray(0, 7))).toBe(false);
  expect(frame.push(encodeMessage('hello').subarray(7))).toBe(true);
  expect(frame.bytes).toEqual(encodeMessage('hello'));
});

test('behavior: an empty message is whole with its prefix', () => {
  const frame = new FirstFrame();
  expect(frame.push(encodeMessage('').subarray(0, 4))).toBe(false);
  expect(frame.push(encodeMessage('').subarray(4))).toBe(true);
  expect(frame.bytes).toEqual(encodeMessage(''));
});

test('behavior: however the bytes are cut, the first message comes out', () => {
  assert(
    property(
      uint8Array({ maxLength: 40 }),
      uint8Array({ maxLength: 40 }),
      array(integer({ min: 1, max: 20 }), { minLength: 1 }),
      (first, second, cuts) => {
        const bytes = Buffer.concat([encodeMessage(first), encodeMessage(second)]);
        const frame = new FirstFrame();
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const step = cuts[turn % cuts.length] as number;
          frame.push(bytes.subarray(at, at + step));
          at += step;
        }
        expect(frame.bytes).toEqual(encodeMessage(first));
      },
    ),
  );
});
