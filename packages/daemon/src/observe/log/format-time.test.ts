import { expect, test } from 'vitest';
import { createTimeFormat } from './format-time.ts';

const morning = Date.UTC(2026, 2, 7, 9, 5, 3, 120);

test.each([
  ['2006-01-02T15:04:05.999Z07:00', 'UTC', '2026-03-07T09:05:03.12Z'],
  ['2006-01-02T15:04:05.000Z07:00', 'Europe/Berlin', '2026-03-07T10:05:03.120+01:00'],
  ['Mon, 02 Jan 2006 03:04:05 PM -0700', 'America/New_York', 'Sat, 07 Mar 2026 04:05:03 AM -0500'],
  ['Monday January 06 15h,000 MST', 'UTC', 'Saturday March 26 09h,120 UTC'],
])('default: %s in %s', (layout, zone, expected) => {
  expect(createTimeFormat(layout, zone)(morning)).toBe(expected);
});

test('error: a time zone that nobody knows', () => {
  expect(() => createTimeFormat('2006', 'Middle/Earth')).toThrow(RangeError);
});
