import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { vectors } from '../../test/vectors.ts';
import { computeCid } from '../content/compute-cid.ts';
import { packProtoArchive } from './pack-proto-archive.ts';
import { unpackProtoArchive } from './unpack-proto-archive.ts';

const files = new Map([
  ['b.proto', 'syntax = "proto3";\nimport "sub/a.proto";\n'],
  ['sub/a.proto', 'syntax = "proto3";\npackage sub; // ünï\n'],
]);

test('default', async () => {
  const archive = await packProtoArchive(files);
  expect(await unpackProtoArchive(archive)).toEqual(files);
});

describe.each(vectors.proto_archives.cases.filter(({ expect: { files } }) => files !== undefined))(
  'vector: $name',
  ({ gzip_base64, tar_sha256, tar_length, cid_v0_of_tar }) => {
    test('packing what it holds gives the same tar', async () => {
      const held = await unpackProtoArchive(new Uint8Array(Buffer.from(gzip_base64, 'base64')));
      const tar = gunzipSync(await packProtoArchive(held));
      expect(tar.length).toBe(tar_length);
      expect(createHash('sha256').update(tar).digest('hex')).toBe(tar_sha256);
      expect(await computeCid(tar)).toBe(cid_v0_of_tar);
    });
  },
);

test('behavior: the order of the map changes nothing', async () => {
  const turned = new Map([...files].reverse());
  expect(await packProtoArchive(turned)).toEqual(await packProtoArchive(files));
});

// These change only when compressor or layout change; then every published archive gets a new CID.
test('behavior: the bytes are these, on every machine and day', async () => {
  const archive = await packProtoArchive(files);
  expect(await computeCid(archive)).toBe('QmZiXEZhgH2GmAxpqD34h84biw9EBMNr5im34ev1SYHRcy');
  // gzip header: no flags, no time, best compression, Unix.
  expect([...archive.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3]);
  const fields = Array.from({ length: 5000 }, (_, i) => `  string field_${i * i} = ${i + 1};\n`);
  const large = await packProtoArchive(new Map([['large.proto', fields.join('')]]));
  expect(await computeCid(large)).toBe('QmZ88sUSTzQWDR7tjnYNyADbsxMzR8PqZwN3PQGRGHwA87');
});

test('behavior: other readers of tar agree, long names included', async () => {
  const long = new Map([
    [`${'d'.repeat(90)}/${'f'.repeat(90)}.proto`, 'a'],
    [`${'d/'.repeat(200)}x.proto`, 'b'],
    [`${'ü'.repeat(60)}.proto`, 'c'],
    [`${'n'.repeat(94)}.proto`, 'exactly 100'],
    [`${'n'.repeat(95)}.proto`, 'one more'],
    ['last.proto', ''],
  ]);
  const tar = gunzipSync(await packProtoArchive(long));
  const entries = await unpackTar(tar, { strict: true });
  const theirs = new Map(
    entries.map(({ header, data }) => [header.name, new TextDecoder().decode(data)]),
  );
  expect(theirs).toEqual(long);
  expect(await unpackProtoArchive(tar)).toEqual(long);
  const listing = spawnSync('tar', ['-tf', '-'], { input: tar, env: { LC_ALL: 'C.UTF-8' } });
  expect(listing.stderr.toString()).toBe('');
  expect(listing.stdout.toString().split('\n')).toHaveLength(long.size + 1);
});

test('behavior: packing and unpacking is the identity', async () => {
  const part = fc.stringMatching(/^[\w \-ü\u{1f600}]{1,40}$/u).filter((name) => name !== '.');
  const path = fc
    .array(part, { minLength: 1, maxLength: 6 })
    .map((parts) => `${parts.join('/')}.proto`)
    .filter((name) => !/^[A-Za-z]:/.test(name));
  const text = fc.string({ unit: 'binary', maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(path, text), { minLength: 1, maxLength: 8 }),
      async (list) => {
        const map = new Map(list);
        const archive = await packProtoArchive(map);
        const back = await unpackProtoArchive(archive);
        expect(new Map([...back].sort())).toEqual(new Map([...map].sort()));
        expect(await packProtoArchive(back)).toEqual(archive);
      },
    ),
    { numRuns: 100 },
  );
});

test('error: nothing to pack', async () => {
  const error = await catchError(() => packProtoArchive(new Map()));
  expect(error.message).toBe('There is no .proto file to pack.');
});

test.each(['readme.md', './a.proto', 'x.proto/'])('error: %s', async (path) => {
  const error = await catchError(() => packProtoArchive(new Map([[path, '']])));
  expect(error.code).toBe('ARCHIVE_INVALID');
});

test('error: a path that leaves the archive', async () => {
  const error = await catchError(() => packProtoArchive(new Map([['../a.proto', '']])));
  expect(error.message).toBe(`The proto archive has an entry with a forbidden name.
Expected: a relative name such as dir/service.proto
Found: "..": "../a.proto"`);
});

test('error: half a character', async () => {
  const error = await catchError(() => packProtoArchive(new Map([['a.proto', '\ud800']])));
  expect(error.message).toBe(`This file is not text.
Place: "a.proto"
Expected: text that can be written as UTF-8
Found: half of a surrogate pair`);
});

test('error: a file that is also a directory', async () => {
  const tree = new Map([
    ['a.proto/b/c.proto', ''],
    ['a.proto', ''],
  ]);
  const error = await catchError(() => packProtoArchive(tree));
  expect(error.message).toBe(`The proto archive has a file that is also a directory.
Place: "a.proto"
Found: "a.proto/b/c.proto"`);
});
