import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { causeText } from './cause-text.ts';

test('default', () => {
  expect(causeText(new TypeError('connect ECONNREFUSED 127.0.0.1:1'))).toBe(
    'connect ECONNREFUSED 127.0.0.1:1',
  );
});

test('behavior: one line of an error with places and hints', () => {
  const error = new BaseError('UPSTREAM_UNREACHABLE', 'no session', { hint: 'start it' });
  expect(causeText(error)).toBe('no session');
});

test('behavior: a name with several addresses', () => {
  const errors = [new TypeError('connect ECONNREFUSED ::1:1'), new TypeError('connect EPERM')];
  expect(causeText(new AggregateError(errors))).toBe('connect ECONNREFUSED ::1:1, connect EPERM');
});

test('behavior: what is no error', () => {
  expect(causeText('boom')).toBe('boom');
});
