import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDirectory } from './make-directory.ts';

const base = mkdtempSync(join(tmpdir(), 'snetkit-directory-'));
afterAll(() => rmSync(base, { recursive: true }));

test('default: makes what is missing, for its owner alone', () => {
  makeDirectory(join(base, 'a', 'b'));
  expect(statSync(join(base, 'a', 'b')).mode & 0o777).toBe(0o700);
  makeDirectory(join(base, 'a', 'b'));
});

test('error: a file stands in the way', () => {
  writeFileSync(join(base, 'file'), '');
  expect(() => makeDirectory(join(base, 'file'))).toThrow('EEXIST');
  expect(() => makeDirectory(join(base, 'file', 'below'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')('error: a file system that takes no directories', () => {
  expect(() => makeDirectory('/proc/snetkit')).toThrow('ENOENT');
});
