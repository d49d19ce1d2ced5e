import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { readContent } from '../content/read-content.ts';
import { publishDirectory } from '../storage/publish-directory.ts';
import { publishFile } from '../storage/publish-file.ts';
import { directorySource } from './directory-source.ts';
import { directoryStore } from './directory-store.ts';

const bytes = new Uint8Array(400_000).fill(3);
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-store-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test('default: what is published is a plain file, and is read back', async () => {
  const { uri, cid, provider } = await publishFile(directoryStore(directory), bytes);
  expect(uri).toBe(`ipfs://${cid}`);
  expect(provider).toBe(directory);
  expect(Buffer.compare(await readFile(join(directory, cid)), bytes)).toBe(0);
  expect(Buffer.compare(await readContent(directorySource(directory), uri), bytes)).toBe(0);
  await publishFile(directoryStore(directory), bytes);
  expect(await readdir(directory)).toEqual([cid]);
});

test('behavior: a directory of files', async () => {
  const files = new Map([
    ['hero.png', bytes],
    ['docs/terms.txt', new TextEncoder().encode('terms')],
  ]);
  const store = directoryStore(directory);
  const { assets, cid } = await publishDirectory(store, files);
  await publishDirectory(store, files);
  expect(await readdir(directory)).toEqual([cid]);
  for (const [path, content] of files) {
    const read = await readContent(directorySource(directory), assets.get(path) ?? '');
    expect(Buffer.compare(read, content)).toBe(0);
  }
});

test('error: a file that was changed', async () => {
  const { cid } = await publishFile(directoryStore(directory), bytes);
  await writeFile(join(directory, cid), 'other');
  const error = await catchError(() => readContent(directorySource(directory), cid));
  expect(error.code).toBe('CONTENT_MISMATCH');
  expect(error.shortMessage).toBe(`Content of ${cid} from ${directory} does not match its CID.`);
});

test('error: one file more in a published directory', async () => {
  const { cid, assets } = await publishDirectory(
    directoryStore(directory),
    new Map([['a', bytes]]),
  );
  await writeFile(join(directory, cid, 'b'), '');
  const error = await catchError(() =>
    readContent(directorySource(directory), assets.get('a') ?? ''),
  );
  expect(error.code).toBe('CONTENT_MISMATCH');
});

test('error: links are not followed', async () => {
  const { cid } = await publishFile(directoryStore(directory), bytes);
  await rm(join(directory, cid));
  await symlink('/etc/hostname', join(directory, cid));
  const error = await catchError(() => readContent(directorySource(directory), cid));
  expect(error.message).toBe(`The file ${join(directory, cid)} cannot be read.
Place: content ${cid} from ${directory}
Found: a symbolic link`);
});

test('error: not there', async () => {
  const { cid } = await publishFile(directoryStore(directory), bytes);
  const other = directorySource(join(directory, 'none'));
  expect((await catchError(() => readContent(other, cid))).found).toBe('nothing at that path');
  expect((await catchError(() => readContent(other, `${cid}/a`))).code).toBe('CONTENT_UNAVAILABLE');
});

test('error: a folder that cannot be written', async () => {
  await writeFile(join(directory, 'file'), '');
  const store = directoryStore(join(directory, 'file'));
  const error = await catchError(() => publishFile(store, bytes));
  expect(error.code).toBe('PUBLISH_FAILED');
  expect(error.shortMessage).toBe(`${join(directory, 'file')} did not take the content.`);
});

test('error: paths that leave the directory', async () => {
  const files = new Map([['../escaped', bytes]]);
  const store = directoryStore(directory);
  expect((await catchError(() => publishDirectory(store, files))).code).toBe('PUBLISH_FAILED');
  expect(await readdir(directory)).toEqual([]);
});
