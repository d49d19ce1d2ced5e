import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { makePipe } from '../../test/make-pipe.ts';
import { fileLocations } from './file-locations.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-files-'));
  file = join(directory, 'a b.json');
  await writeFile(file, '{}');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const maxBytes = 2;
const { readLocation } = fileLocations();

test('default: a path or a URL of a file', async () => {
  for (const place of [file, relative(process.cwd(), file), pathToFileURL(file).href]) {
    const { bytes, provider } = await readLocation(place, { maxBytes });
    expect(new TextDecoder().decode(bytes)).toBe('{}');
    expect(provider).toBe(file);
  }
});

test('error: larger than the limit', async () => {
  const error = await catchError(() => readLocation(file, { maxBytes: 1 }));
  expect(error.message).toBe(`The file ${file} is larger than 1 bytes.`);
});

test.each([
  ['missing', 'nothing at that path'],
  ['.', 'a directory'],
])('error: %s', async (name, found) => {
  const error = await catchError(() => readLocation(join(directory, name), { maxBytes }));
  expect(error.code).toBe('CONTENT_UNAVAILABLE');
  expect(error.found).toBe(found);
});

test('error: a named pipe and an endless device do not make us wait', async () => {
  const pipe = join(directory, 'pipe');
  makePipe(pipe);
  for (const place of [pipe, '/dev/zero']) {
    expect((await catchError(() => readLocation(place, { maxBytes }))).found).toBe('no file');
  }
});

test('error: a URL of another machine', async () => {
  const error = await catchError(() => readLocation('file://elsewhere/x', { maxBytes }));
  expect(error.code).toBe('STORAGE_URI_INVALID');
});

test('args: signal', async () => {
  const signal = AbortSignal.abort();
  const error = await catchError(() => readLocation(file, { maxBytes, signal }));
  expect(error.code).toBe('ABORTED');
  expect(error.message).toBe(`Reading ${file} was cancelled.`);
});
