import { array, assert, integer, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { FrameWatch } from './frame-watch.ts';

function frame(length: number): Buffer {
  const bytes = Buffer.alloc(5 + length, 0xff);
  bytes[0] = 1;
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

test('default', () => {
  const watch = new FrameWatch(10);
  expect(watch.push(frame(10))).toBeUndefined();
  expect(watch.push(frame(11))).toBe(11);
});

test('behavior: lengths beyond 31 bits are read as they are', () => {
  expect(new FrameWatch(10).push(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]))).toBe(2 ** 32 - 1);
});

test('behavior: however the bytes are cut, the first message that is too long is found', () => {
  const limit = 40;
  assert(
    property(
      array(nat(50), { maxLength: 20 }),
      array(integer({ min: 1, max: 30 }), { minLength: 1 }),
      (lengths, cuts) => {
        const bytes = Buffer.concat(lengths.map(frame));
        const watch = new FrameWatch(limit);
        let found: number | undefined;
        for (let at = 0, turn = 0; at < bytes.length && found === undefined; turn++) {
          const step = cuts[turn % cuts.length] as number;
          found = watch.push(bytes.subarray(at, at + step));
          at += step;
        }
        expect(found).toBe(lengths.find((length) => length > limit));
      },
    ),
  );
});
