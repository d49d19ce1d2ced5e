import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { after } from './not-before.ts';
import { runChecks } from './run-checks.ts';

test('default: findings in the order of the checks, several of one', async () => {
  const findings = await runChecks(
    [
      {
        name: 'a',
        run: async () => [
          { status: 'ok', text: '1' },
          { status: 'warn', text: '2' },
        ],
      },
      { name: 'b', run: async () => ({ status: 'fail', text: '3', fix: '4' }) },
    ],
    { timeoutMs: 10_000 },
  );
  expect(findings).toEqual([
    { name: 'a', status: 'ok', text: '1' },
    { name: 'a', status: 'warn', text: '2' },
    { name: 'b', status: 'fail', text: '3', fix: '4' },
  ]);
});

test('behavior: what is thrown is a failure on one line, with a fix', async () => {
  const cause = new BaseError('STORE_UNAVAILABLE', 'The store is away.', { found: 'two\nlines' });
  const run = () => Promise.reject(cause);
  expect(await runChecks([{ name: 'store', run }], { timeoutMs: 10_000 })).toEqual([
    {
      name: 'store',
      status: 'fail',
      text: 'The store is away: two lines',
      fix: 'Check the storage path: that it can be written, and that the disk has room.',
    },
  ]);
});

test('behavior: what depends on something broken is skipped', async () => {
  const run = () => after('node', Promise.reject<never>(new BaseError('TIMED_OUT', 'Late.')));
  expect(await runChecks([{ name: 'chain', run }], { timeoutMs: 10_000 })).toEqual([
    { name: 'chain', status: 'skip', text: 'not before node is mended' },
  ]);
});

test('behavior: a check that never ends is given up, and the others count', async () => {
  const findings = await runChecks(
    [
      { name: 'slow', run: () => new Promise(() => {}) },
      { name: 'quick', run: async () => ({ status: 'ok', text: 'done' }) },
    ],
    { timeoutMs: 50 },
  );
  expect(findings).toEqual([
    {
      name: 'slow',
      status: 'fail',
      text: 'The check of slow took longer than 50 ms',
      fix: 'Check that the other side is reachable, or allow more time.',
    },
    { name: 'quick', status: 'ok', text: 'done' },
  ]);
});
