import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { provideBase64 } from './native-base64.ts';

type Encode = (options?: { alphabet?: string; omitPadding?: boolean }) => string;

test('default: the same as Buffer gives, of exactly these bytes', () => {
  provideBase64();
  assert(
    property(uint8Array(), (bytes) => {
      const inside = new Uint8Array([1, ...bytes, 2]).subarray(1, bytes.length + 1);
      const encode = (inside as unknown as { toBase64: Encode }).toBase64.bind(inside);
      expect(encode()).toBe(Buffer.from(bytes).toString('base64'));
      expect(encode({ alphabet: 'base64url', omitPadding: true })).toBe(
        Buffer.from(bytes).toString('base64url'),
      );
      expect(encode({ omitPadding: true })).toBe(
        Buffer.from(bytes).toString('base64').replace(/=+$/, ''),
      );
    }),
  );
});
