import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findEtcd } from './find-etcd.ts';

test('default: the program of the system', () => {
  expect(execFileSync(findEtcd(), ['--version'], { encoding: 'utf8' })).toMatch(/^etcd Version: 3/);
});

test('error: not installed', () => {
  expect(() => findEtcd(['/nowhere'])).toThrowErrorMatchingInlineSnapshot(`
    [EtcdError: The program etcd is not installed.
    Fix: apt-get install etcd-server (on Debian), version 3.4 or newer]
  `);
});
