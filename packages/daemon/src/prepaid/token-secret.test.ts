import { expect, test } from 'vitest';
import { describeWeakSecret } from './token-secret.ts';

test('default: 32 bytes that nobody knows', () => {
  expect(describeWeakSecret('k'.repeat(32))).toBe(undefined);
  // 16 characters of two bytes each.
  expect(describeWeakSecret('ü'.repeat(16))).toBe(undefined);
});

test('error: none, a short one, a public one', () => {
  expect(describeWeakSecret(undefined)).toBe('is not set');
  expect(describeWeakSecret('k'.repeat(31))).toBe('is shorter than 32 bytes');
  expect(describeWeakSecret('test-secret-key-at-least-32-bytes-long')).toBe(
    'is the default of the official daemon, which is public',
  );
});
