import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { makeTar, paxRecord, type RawEntry } from '../../test/make-tar.ts';
import { vectors } from '../../test/vectors.ts';
import { unpackProtoArchive } from './unpack-proto-archive.ts';

const good: RawEntry = { name: 'a.proto', data: 'syntax = "proto3";' };

/** What the vectors refuse because Python does, and we take as the official daemon does. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  'nested directory': ['dir/x.proto'],
};

test.each(vectors.proto_archives.cases)('vector: $name', async (vector) => {
  const gzip = new Uint8Array(Buffer.from(vector.gzip_base64, 'base64'));
  const files = vector.expect.files ?? accepted[vector.name];
  const outcome = await unpackProtoArchive(gzip).then(
    (unpacked) => [...unpacked.keys()],
    (error) => error.code,
  );
  expect(outcome).toEqual(files ?? 'ARCHIVE_INVALID');
});

test('default: tar and gzip tar', async () => {
  const files = new Map([['a.proto', 'syntax = "proto3";']]);
  expect(await unpackProtoArchive(makeTar([good]))).toEqual(files);
  expect(await unpackProtoArchive(new Uint8Array(gzipSync(makeTar([good]))))).toEqual(files);
});

test.each(['a.proto/b.proto', 'a.proto/sub/x.txt'])('error: %s below a file', async (name) => {
  for (const entries of [
    [good, { name }],
    [{ name }, good],
  ]) {
    const error = await catchError(() => unpackProtoArchive(makeTar(entries)));
    expect(error.message).toBe(`The proto archive has a file that is also a directory.
Place: "a.proto"
Found: "${name}"`);
  }
});

test('behavior: files that are no protos are skipped and reported', async () => {
  const skipped: string[] = [];
  const tar = makeTar([
    { name: './', flag: '5' },
    { name: './README.md', data: Uint8Array.of(0xff) },
    { name: './sub/', flag: '5' },
    { name: './sub/x.proto', data: 'x' },
    { name: 'x.PROTO', data: 'no' },
  ]);
  const files = await unpackProtoArchive(tar, { onSkipped: (name) => skipped.push(name) });
  expect(files).toEqual(new Map([['sub/x.proto', 'x']]));
  expect(skipped).toEqual(['README.md', 'x.PROTO']);
});

test('behavior: old, GNU and pax archives', async () => {
  const long = `${'d'.repeat(120)}/${'f'.repeat(120)}.proto`;
  const tar = makeTar([
    { name: 'pax_global_header', flag: 'g', data: paxRecord('comment', 'abc') },
    { name: 'old.proto', flag: '\0', data: 'old', magic: '' },
    { name: 'dir/', flag: '\0', magic: '' },
    { name: '././@LongLink', flag: 'L', data: `${long}\0`, magic: 'ustar  \0' },
    { name: 'cut.proto', data: 'gnu', magic: 'ustar  \0' },
    { name: 'x', flag: 'x', data: paxRecord('path', 'ü/pax.proto') + paxRecord('mtime', '1.5') },
    { name: 'cut.proto', data: 'pax' },
    { name: 'name.proto', prefix: 'pre/fix', data: 'ustar' },
    { name: 'contiguous.proto', flag: '7', data: 'c' },
  ]);
  expect([...(await unpackProtoArchive(tar))]).toEqual([
    ['old.proto', 'old'],
    [long, 'gnu'],
    ['ü/pax.proto', 'pax'],
    ['pre/fix/name.proto', 'ustar'],
    ['contiguous.proto', 'c'],
  ]);
});

test('behavior: archives of another writer', async () => {
  const names = ['a.proto', `${'long/'.repeat(40)}b.proto`, `${'x'.repeat(200)}.proto`];
  const tar = await packTar(
    names.map((name) => ({ header: { name, size: name.length }, body: name })),
  );
  expect([...(await unpackProtoArchive(tar))]).toEqual(names.map((name) => [name, name]));
});

describe('error: kinds of entries', () => {
  test.each([
    ['1', 'a hard link'],
    ['2', 'a symbolic link'],
    ['3', 'a character device'],
    ['4', 'a block device'],
    ['6', 'a named pipe'],
    ['K', 'a link with a long target'],
    ['S', 'the type "S"'],
    ['V', 'the type "V"'],
  ])('type %s', async (flag, found) => {
    const tar = makeTar([good, { name: 'evil.txt', flag, linkname: '/etc/passwd' }]);
    const error = await catchError(() => unpackProtoArchive(tar));
    expect(error.code).toBe('ARCHIVE_INVALID');
    expect(error.message).toBe(`The proto archive has an entry of a forbidden kind.
Place: "evil.txt" at byte 1024
Expected: plain files and directories
Found: ${found}`);
  });

  test('a sparse file, and one name for all', async () => {
    const sparse = makeTar([
      { name: 'x', flag: 'x', data: paxRecord('GNU.sparse.major', '1') },
      good,
    ]);
    expect((await catchError(() => unpackProtoArchive(sparse))).found).toBe('a sparse file');
    const global = makeTar([{ name: 'g', flag: 'g', data: paxRecord('path', 'b.proto') }, good]);
    expect((await catchError(() => unpackProtoArchive(global))).found).toBe(
      'one name or size for all entries',
    );
  });
});

describe('error: names', () => {
  test.each([
    ['../a.proto', '".."'],
    ['a/../../b.proto', '".."'],
    ['/etc/a.proto', 'an absolute name'],
    ['C:/a.proto', 'an absolute name'],
    ['dir\\a.proto', 'a backslash'],
    ['a//b.proto', 'an empty part or "."'],
    ['a/./b.proto', 'an empty part or "."'],
    ['a\nb.proto', 'a control character'],
    ['', 'an empty name'],
    ['./', 'an empty name'],
  ])('%j', async (name, found) => {
    const error = await catchError(() => unpackProtoArchive(makeTar([good, { name, data: '' }])));
    expect(error.message).toBe(`The proto archive has an entry with a forbidden name.
Expected: a relative name such as dir/service.proto
Found: ${found}: ${JSON.stringify(name)}`);
  });

  test('NUL in a pax name', async () => {
    const data = paxRecord('path', 'a.proto\0.txt');
    const error = await catchError(() =>
      unpackProtoArchive(makeTar([{ name: 'x', flag: 'x', data }, good])),
    );
    expect(error.found).toBe('a control character: "a.proto\\u0000.txt"');
  });

  test('directories too', async () => {
    const error = await catchError(() =>
      unpackProtoArchive(makeTar([good, { name: '../up/', flag: '5' }])),
    );
    expect(error.found).toBe('"..": "../up"');
  });

  test('not UTF-8', async () => {
    const name = Uint8Array.of(0xff, 0xfe);
    const error = await catchError(() => unpackProtoArchive(makeTar([{ name, data: '' }])));
    expect(error.message).toBe(`The proto archive has an entry with a forbidden name.
Place: byte 0
Expected: a name in UTF-8
Found: other bytes`);
  });

  test('too long', async () => {
    const data = paxRecord('path', `${'a'.repeat(1100)}.proto`);
    const error = await catchError(() =>
      unpackProtoArchive(makeTar([{ name: 'x', flag: 'x', data }, good])),
    );
    expect(error.found).toMatch(/^1106 characters: "a+"$/);
  });

  test.each(['a.proto', './a.proto'])('twice: %s', async (name) => {
    const error = await catchError(() => unpackProtoArchive(makeTar([good, { name, data: '' }])));
    expect(error.message).toBe('The proto archive has a file twice.\nPlace: "a.proto"');
  });
});

describe('error: limits', () => {
  test('args: maxEntries', async () => {
    const tar = makeTar([good, { ...good, name: 'b.proto' }]);
    expect(await unpackProtoArchive(tar, { maxEntries: 2 })).toHaveProperty('size', 2);
    const error = await catchError(() => unpackProtoArchive(tar, { maxEntries: 1 }));
    expect(error.code).toBe('ARCHIVE_TOO_LARGE');
    expect(error.message).toBe('The proto archive has more than 1 entries.');
  });

  test('args: maxFileBytes, for files that are skipped too', async () => {
    const tar = makeTar([good, { name: 'big.bin', data: 'x'.repeat(19) }]);
    expect(await unpackProtoArchive(tar, { maxFileBytes: 19 })).toHaveProperty('size', 1);
    const error = await catchError(() => unpackProtoArchive(tar, { maxFileBytes: 18 }));
    expect(error.message).toBe(`The proto archive has more than 18 bytes in one entry.
Place: byte 1024
Found: 19 bytes`);
  });

  test('args: maxTotalBytes', async () => {
    const tar = makeTar([good]);
    expect(await unpackProtoArchive(tar, { maxTotalBytes: 2048 })).toHaveProperty('size', 1);
    for (const archive of [tar, new Uint8Array(gzipSync(tar))]) {
      const error = await catchError(() => unpackProtoArchive(archive, { maxTotalBytes: 2047 }));
      expect(error.message).toBe('The proto archive has more than 2047 bytes when unpacked.');
    }
  });

  test('a bomb is stopped long before it has unfolded', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(512 * 1024 * 1024), { level: 9 }));
    const before = process.memoryUsage().arrayBuffers;
    const error = await catchError(() => unpackProtoArchive(bomb));
    expect(error.message).toBe('The proto archive has more than 16777216 bytes when unpacked.');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(128 * 1024 * 1024);
  });

  test('a size of many gigabytes', async () => {
    const tar = makeTar([{ name: 'a.proto', size: 8 ** 11 - 1 }]);
    expect((await catchError(() => unpackProtoArchive(tar))).code).toBe('ARCHIVE_TOO_LARGE');
    const data = paxRecord('size', '99999999999999');
    const pax = makeTar([{ name: 'x', flag: 'x', data }, good]);
    expect((await catchError(() => unpackProtoArchive(pax))).found).toBe('99999999999999 bytes');
  });

  test('an extended header of megabytes, which other readers need hours for', async () => {
    const tar = makeTar([{ name: 'x', flag: 'x', data: `${'\n1'.repeat(500_000)} ` }, good]);
    const error = await catchError(() => unpackProtoArchive(tar));
    expect(error.message).toBe(`The proto archive has more than 65536 bytes in an extended header.
Place: byte 0
Found: 1000001 bytes`);
  });
});

describe('error: damage', () => {
  const tar = makeTar([good, { name: 'b.proto', data: 'x'.repeat(600) }]);

  test('cut off anywhere', async () => {
    // The end marker alone may be cut to a single block of zeros.
    for (let length = 1; length < tar.length - 512; length += 100) {
      const error = await catchError(() => unpackProtoArchive(tar.subarray(0, length)));
      expect(error.shortMessage).toBe('The proto archive is cut off.');
    }
  });

  test('cut off anywhere, compressed', async () => {
    const gzip = new Uint8Array(gzipSync(tar));
    for (let length = 2; length < gzip.length; length++) {
      const error = await catchError(() => unpackProtoArchive(gzip.subarray(0, length)));
      expect(error.message).toBe(`The proto archive is damaged.
Expected: gzip
Found: other bytes, or too few`);
    }
  });

  test('one bit of a header', async () => {
    const changed = Uint8Array.from(tar);
    changed[0] = (changed[0] ?? 0) ^ 1;
    const error = await catchError(() => unpackProtoArchive(changed));
    expect(error.shortMessage).toBe('The proto archive is damaged.');
    expect(error.place).toBe('byte 0');
  });

  test('more behind the end', async () => {
    const joined = new Uint8Array(Buffer.concat([tar, makeTar([good])]));
    const error = await catchError(() => unpackProtoArchive(joined));
    expect(error.message).toBe(`The proto archive goes on behind its end.
Place: byte ${tar.length - 1024}`);
  });

  test.each([
    ['no length', 'path=a\n'],
    ['a length beyond the end', '99 path=a\n'],
    ['a length of zero', '0 path=a\n'],
    ['no line break', '9 path=abc'],
    ['no key', '5 =a\n'],
    ['very many digits', `${'1'.repeat(60_000)} path=a\n`],
    ['a record for each byte', '\n1'.repeat(30_000)],
  ])('pax records: %s', async (_, data) => {
    const error = await catchError(() =>
      unpackProtoArchive(makeTar([{ name: 'x', flag: 'x', data }, good])),
    );
    expect(error.message).toBe(`The proto archive is damaged.
Place: byte 0
Expected: pax records: "<length> <key>=<value>" and a line break
Found: something else`);
  });

  test('an extended header that describes nothing', async () => {
    const archive = makeTar([good, { name: 'x', flag: 'x', data: paxRecord('path', 'b.proto') }]);
    const error = await catchError(() => unpackProtoArchive(archive));
    expect(error.shortMessage).toBe('The proto archive is cut off.');
  });

  test('text that is not UTF-8', async () => {
    const archive = makeTar([{ name: 'a.proto', data: Uint8Array.of(0x61, 0xff) }]);
    const error = await catchError(() => unpackProtoArchive(archive));
    expect(error.message).toBe(`A file of the proto archive is not text.
Place: "a.proto"
Expected: UTF-8`);
  });

  test('no proto at all', async () => {
    const error = await catchError(() =>
      unpackProtoArchive(makeTar([{ name: 'a.txt', data: '' }])),
    );
    expect(error.message).toBe('The proto archive has no .proto file.\nFound: 1 other files');
    expect((await catchError(() => unpackProtoArchive(new Uint8Array()))).shortMessage).toBe(
      'The proto archive is cut off.',
    );
  });
});

test('behavior: random bytes, and broken archives, end in an error or in files, at once', async () => {
  const base = makeTar([
    { name: 'x', flag: 'x', data: paxRecord('path', 'pax.proto') },
    good,
    { name: '././@LongLink', flag: 'L', data: 'long.proto\0' },
    { name: 'b.proto', data: 'text' },
  ]);
  const broken = fc
    .array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    .map((changes) => {
      const bytes = Uint8Array.from(base);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
  const gzipped = fc
    .uint8Array({ maxLength: 300 })
    .map((rest) => Uint8Array.of(0x1f, 0x8b, ...rest));
  const any = fc.oneof(fc.uint8Array({ maxLength: 2000 }), broken, gzipped);
  await fc.assert(
    fc.asyncProperty(any, async (bytes) => {
      const outcome = await unpackProtoArchive(bytes).then(
        (files) => files.size > 0,
        (error) => /^(ARCHIVE_|TEXT_)/.test(error.code),
      );
      expect(outcome).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
