import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { makePipe } from '../../test/make-pipe.ts';
import { unpackProtoArchive } from '../archives/unpack-proto-archive.ts';
import { computeCid } from '../content/compute-cid.ts';
import { packProtoDirectory } from './pack-proto-directory.ts';
import { readProtoDirectory } from './read-proto-directory.ts';

const protos = {
  'b.proto': 'syntax = "proto3";\nimport "sub/a.proto";\n',
  'sub/a.proto': 'syntax = "proto3";\npackage sub; // ünï\n',
};

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-protos-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(files: Record<string, string | Uint8Array>, root = directory) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

test('default: folders and imports are kept, and what is skipped is told', async () => {
  await write({
    ...protos,
    'README.md': '',
    '.git/config': '',
    'sub/.hidden.proto': '',
    'sub/x.txt': '',
  });
  const { files, skipped, archive } = await packProtoDirectory(directory);
  expect([...files]).toEqual(Object.entries(protos));
  expect(skipped).toEqual([
    { path: '.git', reason: 'hidden' },
    { path: 'README.md', reason: 'not a .proto file' },
    { path: 'sub/.hidden.proto', reason: 'hidden' },
    { path: 'sub/x.txt', reason: 'not a .proto file' },
  ]);
  expect(await unpackProtoArchive(archive)).toEqual(new Map(Object.entries(protos)));
});

test('behavior: times, modes, order of creation and other files do not change the CID', async () => {
  await write(protos);
  const { archive } = await packProtoDirectory(directory);
  const cid = await computeCid(archive);
  // The CID that the same protos have in every other test, on every machine.
  expect(cid).toBe('QmZiXEZhgH2GmAxpqD34h84biw9EBMNr5im34ev1SYHRcy');
  const other = join(directory, 'other');
  await write(Object.fromEntries(Object.entries(protos).reverse()), other);
  await write({ 'notes.txt': 'x' }, other);
  await utimes(join(other, 'b.proto'), new Date(0), new Date(1e12));
  await chmod(join(other, 'b.proto'), 0o600);
  expect(await computeCid((await packProtoDirectory(other)).archive)).toBe(cid);
});

describe('error: symbolic links', () => {
  test.each([
    ['to a file', 'link.proto', '/etc/hostname'],
    ['to a folder', 'link', '/etc'],
    ['to nowhere', 'x.txt', '/nowhere'],
    ['to itself', 'sub/loop', '..'],
  ])('%s', async (_, path, target) => {
    await write(protos);
    await symlink(target, join(directory, path));
    const error = await catchError(() => readProtoDirectory(directory));
    expect(error.code).toBe('ARCHIVE_INVALID');
    expect(error.message).toBe(`The folder of protos holds something that does not belong there.
Place: ${join(directory, path)}
Expected: plain files and folders
Found: a symbolic link
Fix: Replace it by the file itself, or keep it outside of the folder of protos.`);
  });
});

test('error: a named pipe does not make us wait', async () => {
  await write(protos);
  makePipe(join(directory, 'pipe.proto'));
  const error = await catchError(() => readProtoDirectory(directory));
  expect(error.found).toBe('neither a file nor a folder');
});

test('error: no protos, no folder, no text', async () => {
  await write({ 'x.txt': '' });
  const none = await catchError(() => readProtoDirectory(directory));
  expect(none.message).toBe(`There is no .proto file to pack.\nPlace: ${directory}`);
  const missing = await catchError(() => readProtoDirectory(join(directory, 'missing')));
  expect(missing.shortMessage).toBe(`The folder ${join(directory, 'missing')} cannot be read.`);
  await write({ 'x.proto': Uint8Array.of(0xff) });
  const binary = await catchError(() => readProtoDirectory(directory));
  expect(binary.message).toBe(
    `This file is not text.\nPlace: ${join(directory, 'x.proto')}\nExpected: UTF-8`,
  );
});

test('error: a name that would not come out of the archive', async () => {
  await write({ 'a\\b.proto': '' });
  expect((await catchError(() => readProtoDirectory(directory))).code).toBe('ARCHIVE_INVALID');
});

test('args: signal', async () => {
  await write(protos);
  const signal = AbortSignal.abort();
  const error = await catchError(() => readProtoDirectory(directory, { signal }));
  expect(error.message).toBe(`Reading ${directory} was cancelled.`);
});

test('args: limits', async () => {
  await write({ 'a.proto': 'a'.repeat(100), 'b.proto': 'b'.repeat(100) });
  const codes = [];
  for (const limits of [{ maxEntries: 1 }, { maxFileBytes: 99 }, { maxTotalBytes: 199 }]) {
    codes.push((await catchError(() => readProtoDirectory(directory, limits))).code);
  }
  expect(codes).toEqual(['ARCHIVE_TOO_LARGE', 'CONTENT_TOO_LARGE', 'ARCHIVE_TOO_LARGE']);
  const fits = { maxEntries: 2, maxFileBytes: 100, maxTotalBytes: 200 };
  expect((await readProtoDirectory(directory, fits)).files.size).toBe(2);
});
