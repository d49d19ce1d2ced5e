import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Base64Chunks } from './base64-chunks.ts';

function decode(pieces: readonly string[]): { bytes: Buffer | undefined; isWhole: boolean } {
  const chunks = new Base64Chunks();
  const all: Buffer[] = [];
  for (const piece of pieces) {
    const bytes = chunks.push(Buffer.from(piece, 'latin1'));
    if (bytes === undefined) return { bytes, isWhole: false };
    all.push(bytes);
  }
  return { bytes: Buffer.concat(all), isWhole: chunks.isWhole };
}

test('default: one text in one piece', () => {
  expect(decode(['aGVsbG8='])).toEqual({ bytes: Buffer.from('hello'), isWhole: true });
});

test('behavior: any bytes, encoded in any pieces, cut anywhere', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), fc.array(fc.nat(40)), (parts, cuts) => {
      let text = parts.map((part) => Buffer.from(part).toString('base64')).join('');
      const pieces: string[] = [];
      for (const cut of cuts) {
        pieces.push(text.slice(0, cut));
        text = text.slice(cut);
      }
      expect(decode([...pieces, text])).toEqual({ bytes: Buffer.concat(parts), isWhole: true });
    }),
  );
});

test('behavior: any characters are decoded or refused', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary-ascii' })), (pieces) => {
      const { bytes, isWhole } = decode(pieces);
      const text = pieces.join('');
      if (bytes !== undefined && isWhole) expect(text).toMatch(/^[A-Za-z0-9+/=]*$/);
    }),
  );
});

test.each(['a===', '=aaa', 'a=aa', 'aa=a', 'a-_a', 'a aa', '\n\n\n\n'])('error: %j', (text) => {
  expect(decode([text]).bytes).toBeUndefined();
});

test('error: an end within a group', () => {
  expect(decode(['aGVsbG8']).isWhole).toBe(false);
});
