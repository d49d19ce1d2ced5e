import { gunzipSync, gzipSync } from 'node:zlib';
import { packProtoArchive, unpackProtoArchive } from '@snetkit/metadata';
import { compileProtos } from '@snetkit/protos';
import fc from 'fast-check';
import { accepted, acceptedLater, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const blockBytes = 512;
const limits = { maxEntries: 40, maxFileBytes: 8_192, maxTotalBytes: 65_536 };

const source = fc.constantFrom(
  'syntax = "proto3";\npackage a.b;\nmessage M { string s = 1; }\nservice S { rpc C(M) returns (stream M); }',
  'syntax = "proto2";\nimport "b.proto";\nmessage N { optional int32 x = 1 [default = -1]; extensions 4 to max; }',
  'edition = "2023";\nenum E { A = 0; }',
  '',
);
const name = fc.constantFrom(
  ...[
    'a.proto',
    'b.proto',
    'dir/c.proto',
    './a.proto',
    'dir/',
    '../x.proto',
    '/abs.proto',
    'README',
  ],
  ...['a//b.proto', 'C:\\x.proto', '\u00e4.proto', `${'x'.repeat(100)}`],
);
const entry = fc
  .tuple(
    name,
    fc.constantFrom('0', '0', '0', '\0', '5', 'x', 'g', 'L', 'K', '1', '2', '7', 'S'),
    fc.oneof(
      source,
      fc.constantFrom('30 path=renamed.proto\n', '11 size=9\n', '9 a=b\n', 'long.proto\0'),
    ),
  )
  .map(([path, flag, text]) => writeEntry(path, flag, Buffer.from(text)));

function writeEntry(path: string, flag: string, data: Buffer): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(flag, 156, 'latin1');
  header.write('ustar\x0000', 257);
  const padding = Buffer.alloc((blockBytes - (data.length % blockBytes)) % blockBytes);
  return Buffer.concat([header, data, padding]);
}

/**
 * An archive of protos. The first byte says whether its headers get right checksums, which no change
 * would survive, and whether it is compressed; what comes out is compiled.
 */
export const protoArchiveTarget: FuzzTarget = {
  maxBytes: 12 * 1024,
  words: [
    Buffer.alloc(blockBytes),
    ...['ustar\x0000', 'ustar  \0', '12 path=a\n', '10 size=1\n', 'GNU.sparse.', '.proto', '../'],
    ...[
      'message ',
      'service ',
      'rpc ',
      'returns',
      'stream ',
      'import ',
      'option ',
      'syntax = "proto3";',
    ],
    ...[
      'oneof ',
      'map<',
      'reserved ',
      'extensions ',
      'group ',
      'repeated ',
      'enum ',
      'edition ',
      '{',
      '}',
    ],
  ],
  covers: /packages\/(metadata\/src\/archives|protos\/src)/,
  inputs: fc
    .tuple(fc.constantFrom(1, 1, 1, 0, 2, 3), fc.array(entry, { maxLength: 5 }))
    .map(([mode, entries]) => Buffer.concat([Buffer.from([mode]), ...entries, Buffer.alloc(1024)])),
  async run(input) {
    const mode = input[0] ?? 0;
    const bytes = Buffer.from(input.subarray(1));
    if ((mode & 1) === 1) sealHeaders(bytes);
    const archive = (mode & 2) === 2 ? gzipSync(bytes, { level: 1 }) : bytes;
    const files = await acceptedLater(() => unpackProtoArchive(archive, limits));
    if (files === undefined) return;
    checkNames(files);
    const packed = await packProtoArchive(files);
    const again = await unpackProtoArchive(packed, {
      ...limits,
      maxTotalBytes: 10 * limits.maxTotalBytes,
    });
    demand(show(again) === show(files), 'the archive holds something else when it is packed anew');
    demand(gunzipSync(packed).length % blockBytes === 0, 'a tar of half a block');
    accepted(() => compileProtos(files));
  },
};

function checkNames(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const parts = path.split('/');
    const isSafe = !path.startsWith('/') && !parts.some((part) => ['', '.', '..'].includes(part));
    demand(isSafe && path.endsWith('.proto'), `the name ${JSON.stringify(path)}`);
    demand(Buffer.byteLength(text) <= limits.maxFileBytes, `${text.length} characters`);
  }
}

function show(files: ReadonlyMap<string, string>): string {
  return JSON.stringify([...files].sort());
}

/** Writes the checksum of every header, as far as headers can be found. */
function sealHeaders(tar: Buffer): void {
  for (let at = 0; at + blockBytes <= tar.length; ) {
    const header = tar.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) return;
    header.fill(0x20, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    at += blockBytes + Math.ceil((size > 0 ? size : 0) / blockBytes) * blockBytes;
  }
}
