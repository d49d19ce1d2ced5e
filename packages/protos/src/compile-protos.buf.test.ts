// What our compiler makes of the corpus must be what buf makes of it, byte for byte.
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BufResult, buildWithBuf } from '../test/buf.ts';
import { canonicalFiles, readImage } from '../test/canonical.ts';
import { corpusNames, readCorpus } from '../test/corpus.ts';
import { generateSources } from '../test/generate-sources.ts';
import { compileProtos } from './compile-protos.ts';

/** Files that we bring and buf does not. */
const beside: Readonly<Record<string, readonly string[]>> = {
  http: ['google/api/annotations.proto', 'google/api/http.proto'],
  snet: ['training.proto', 'pricing.proto'],
};

function expectSame(files: ReadonlyMap<string, string>, built: BufResult): void {
  if (!built.ok) throw new TypeError(built.message);
  const wanted = canonicalFiles(readImage(built.bytes));
  const ours = canonicalFiles(compileProtos(files));
  for (const path of files.keys()) {
    expect(toHex(ours.get(path)), path).toBe(toHex(wanted.get(path)));
  }
}

const toHex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');

describe('corpus', () => {
  test('default', () => {
    expect(corpusNames).toEqual([
      'echo',
      'editions',
      'enums',
      'fields',
      'folders',
      'google',
      'http',
      'latepackage',
      'names',
      'nosyntax',
      'options',
      'proto2',
      'scopes',
      'snet',
      'twins',
    ]);
  });

  test.each(corpusNames)('behavior: descriptors of %s equal those of buf', (name) => {
    const files = readCorpus(name);
    expectSame(files, buildWithBuf(files, beside[name]));
  });

  test.each(corpusNames)(
    'behavior: line ends and byte order marks change nothing in %s',
    (name) => {
      const files = readCorpus(name);
      const plain = compileProtos(files);
      const windows = compileProtos(
        new Map(
          Array.from(files, ([path, text]) => [path, `\uFEFF${text.replaceAll('\n', '\r\n')}`]),
        ),
      );
      for (const path of files.keys()) {
        const [a, b] = [plain, windows].map((registry) => registry.getFile(path)?.proto);
        if (a === undefined || b === undefined) throw new TypeError(`${path} is missing`);
        expect(toHex(toBinary(FileDescriptorProtoSchema, b))).toBe(
          toHex(toBinary(FileDescriptorProtoSchema, a)),
        );
      }
    },
  );
});

describe('built-in files', () => {
  const names = ['training.proto', 'pricing.proto', 'google/api/http.proto'];
  let built: BufResult;
  beforeAll(() => {
    built = buildWithBuf(new Map(), [...names, 'google/api/annotations.proto']);
  });

  test.each(names)('behavior: %s is the file that buf would read', (name) => {
    if (!built.ok) throw new TypeError(built.message);
    const source = `syntax = "proto3"; import "${name}";`;
    const ours = compileProtos(new Map([['importer.proto', source]]));
    const wanted = readImage(built.bytes);
    expect(toHex(canonicalFiles(ours).get(name))).toBe(toHex(canonicalFiles(wanted).get(name)));
  });
});

describe('generated sources', () => {
  test('behavior: descriptors of random files equal those of buf', () => {
    const files = generateSources(60);
    expectSame(files, buildWithBuf(files));
  });
});
