import { expect, test } from 'vitest';
import { encodeWebTrailers } from './encode-web-trailers.ts';

test('default: one line for each value, behind flag and length', () => {
  const text = 'grpc-status: 0\r\nx-many: a\r\nx-many: b\r\n';
  expect(encodeWebTrailers({ 'grpc-status': '0', 'x-many': ['a', 'b'] })).toEqual(
    Buffer.concat([Buffer.from([0x80, 0, 0, 0, text.length]), Buffer.from(text)]),
  );
});

test('behavior: bytes beyond ASCII stay as node:http2 reads them', () => {
  const frame = encodeWebTrailers({ x: '\u00e9' });
  expect([...frame.subarray(-3)]).toEqual([0xe9, 13, 10]);
});
