import {
  closeSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRotatingFile } from './rotating-file.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetd-log-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function open(options: { maxAgeMs?: number; maxFiles?: number } = {}) {
  const { maxAgeMs = 0, maxFiles = 0 } = options;
  const path = join(directory, 'snetd.log');
  const link = join(directory, 'current.log');
  return openRotatingFile({ path, link, maxBytes: 20, maxAgeMs, maxFiles });
}

const putAway = () => readdirSync(directory).filter((name) => /^snetd-.*\.log$/.test(name));
const content = (name: string) => readFileSync(join(directory, name), 'utf8');

test('default: lines are appended, also to what was there, and a link leads to them', () => {
  open().write('one\n');
  open().write('two\n');
  expect(content('snetd.log')).toBe('one\ntwo\n');
  expect(readlinkSync(join(directory, 'current.log'))).toBe(join(directory, 'snetd.log'));
});

test('behavior: a file that would grow too large is put away, and no line is lost or cut', () => {
  const file = open();
  const lines = Array.from({ length: 7 }, (_, index) => `line number ${index}\n`);
  for (const line of lines) file.write(line);
  const all = [...putAway().sort(), 'snetd.log'].map(content).join('');
  expect(all).toBe(lines.join(''));
  expect(content('snetd.log').length).toBeLessThanOrEqual(20);
});

test('behavior: what is too old, or one too many, is removed', () => {
  const few = open({ maxFiles: 2 });
  for (let index = 0; index < 9; index += 1) few.write(`a long line ${index}\n`);
  expect(putAway()).toHaveLength(2);
  const old = putAway();
  for (const name of old) utimesSync(join(directory, name), 1, 1);
  const young = open({ maxAgeMs: 60_000 });
  young.write('another long line\n');
  young.write('another long line\n');
  expect(putAway()).toHaveLength(2);
  expect(putAway().filter((name) => old.includes(name))).toEqual([]);
});

test('error: a file that cannot be begun leaves the files of others alone, and lines go on later', () => {
  const file = open();
  file.write('as long as allowed\n');
  rmSync(directory, { recursive: true });
  file.write('no room for this one\n');
  // Gets the lowest number that is free.
  const other = openSync('/dev/null', 'w');
  file.write('nor for this one\n');
  expect(fstatSync(other).isCharacterDevice()).toBe(true);
  closeSync(other);
  mkdirSync(directory);
  file.write('this one begins the file\n');
  file.write('here again\n');
  expect(content('snetd.log')).toBe('here again\n');
});
