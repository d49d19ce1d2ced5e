import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGrpcMessage, encodeGrpcMessage } from './grpc-message.ts';

test('default', () => {
  expect(encodeGrpcMessage('payment signature is not valid')).toBe(
    'payment signature is not valid',
  );
});

test('behavior: percent, control characters and everything beyond ASCII are encoded', () => {
  expect(encodeGrpcMessage('100% größer\n')).toBe('100%25 gr%C3%B6%C3%9Fer%0A');
});

test('behavior: spaces at both ends are encoded: fields of HTTP/2 may not have them', () => {
  expect(encodeGrpcMessage(' a b ')).toBe('%20a b%20');
  expect(encodeGrpcMessage('  ')).toBe('%20%20');
  expect(encodeGrpcMessage(' ')).toBe('%20');
});

test('behavior: decoding undoes encoding', () => {
  assert(
    property(string({ unit: 'grapheme' }), (text) => {
      const field = encodeGrpcMessage(text);
      expect(field).toMatch(/^(?! )[\x20-\x7e]*(?<! )$/);
      expect(decodeGrpcMessage(field)).toBe(text);
    }),
  );
});

test('behavior: what is no percent-encoding stays as it is', () => {
  expect(decodeGrpcMessage('50% of %zz, %41%')).toBe('50% of %zz, A%');
});
