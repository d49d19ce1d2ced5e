// Whatever the sources are, compileProtos returns soon, and throws nothing but BaseError.
import { BaseError } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corpusNames, readCorpus } from '../test/corpus.ts';
import { compileProtos } from './compile-protos.ts';

/** Far above what any of these takes, far below a minute. */
const timeLimitMs = 20_000;

function compileOrRefuse(files: ReadonlyMap<string, string>): string {
  const start = performance.now();
  try {
    compileProtos(files);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    expect(error.message.length).toBeLessThan(5000);
    return error.code;
  } finally {
    expect(performance.now() - start).toBeLessThan(timeLimitMs);
  }
}

const words = fc.constantFrom(
  ...'syntax package import message enum service rpc returns stream oneof map group extend option extensions reserved optional required repeated int32 string M E to max true default json_name packed deprecated __proto__ constructor google.protobuf.Any'.split(
    ' ',
  ),
  ...'{}[]()<>;:,.=+-/"\\\n'.split(''),
  ...['"proto2"', '"proto3"', '0', '1', '-1', '1.5', '0x10', '"x"', '//', '/*', '*/', '19000', '='],
);

describe('random text', () => {
  test('behavior: any text is compiled or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        compileOrRefuse(new Map([['a.proto', text]]));
      }),
      { numRuns: 500 },
    );
  });

  test('behavior: any row of words of the language is compiled or refused', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), fc.boolean(), (row, valid) => {
        const text = valid
          ? `syntax = "proto3"; message M {} enum E { Z = 0; } ${row.join(' ')}`
          : row.join(' ');
        compileOrRefuse(new Map([['a.proto', text]]));
      }),
      { numRuns: 1500 },
    );
  });

  test('behavior: damaged sources of the corpus are compiled or refused', () => {
    const sources = corpusNames.map(readCorpus);
    const results = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 30 }),
        fc.oneof(words, fc.constant('')),
        (files, fileIndex, at, length, replacement) => {
          const entries = [...files];
          const [path, text] = entries[fileIndex % entries.length]!;
          const start = at % text.length;
          const damaged = text.slice(0, start) + replacement + text.slice(start + length);
          results.add(compileOrRefuse(new Map([...entries, [path, damaged]])));
        },
      ),
      { numRuns: 600 },
    );
    expect(results).toContain('accepted');
    expect(results).toContain('PROTO_INVALID');
  });
});

describe('large sources', () => {
  const size = 4 * 1024 * 1024;
  const head = 'syntax = "proto3";';
  const fill = (unit: string) => unit.repeat(Math.ceil(size / unit.length));
  const rows = (count: number, row: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => row(index)).join('');
  const importDescriptor = 'import "google/protobuf/descriptor.proto";';

  test.each([
    ['open messages', `${head}${fill('message A{')}`, 'PROTO_INVALID'],
    ['open option values', `${head}option x={${fill('a{')}`, 'PROTO_INVALID'],
    ['open lists', `${head}option x={a:${fill('[')}`, 'PROTO_INVALID'],
    ['one name', `${head}message ${fill('a')}`, 'PROTO_INVALID'],
    ['one number', `${head}option a=${fill('9')};`, 'PROTO_INVALID'],
    ['one string', `${head}option java_package="${fill('\\n')}";`, 'accepted'],
    ['strings in a row', `${head}option java_package=${fill('""')};`, 'PROTO_INVALID'],
    ['one type name', `${head}message M{${fill('a.')}b x=1;}`, 'PROTO_INVALID'],
    ['one package', `${head}package ${fill('a.')}b;`, 'PROTO_INVALID'],
    ['parts of an option', `${head}option (a)${fill('.b')}=1;`, 'PROTO_INVALID'],
    ['empty statements', head + fill(';'), 'accepted'],
    ['comments', head + fill('//\n'), 'accepted'],
    ['an open comment', `${head}/*${fill('/')}`, 'PROTO_INVALID'],
    [
      'fields',
      `${head}message M{${rows(210_000, (i) => `int32 a${i}=${i + 1};`)}}`,
      'PROTO_TOO_LARGE',
    ],
    ['enum values', `${head}enum E{${rows(150_000, (i) => `A${i}=${i};`)}}`, 'accepted'],
    ['messages', head + rows(150_000, (i) => `message A${i}{}`), 'accepted'],
    [
      'names in a long package',
      `${head}package ${'a.'.repeat(99)}b;message q{}message M{${rows(18_000, (i) => `b.q a${i}=${i + 1};`)}}`,
      'accepted',
    ],
    [
      'options of one kind',
      `${head}${importDescriptor}extend google.protobuf.FileOptions{repeated int32 r=50001;}${rows(60_000, (i) => `option (r)=${i};`)}`,
      'accepted',
    ],
    [
      'kinds of options',
      `${head}${importDescriptor}extend google.protobuf.FileOptions{${rows(40_000, (i) => `int32 e${i}=${i + 20_000};`)}}${rows(40_000, (i) => `option (e${i})=1;`)}`,
      'accepted',
    ],
    [
      'options of many ranges',
      `message M{extensions ${rows(1000, (i) => `${2 * i + 1},`)}5000[${rows(1000, (i) => `(a${i})=1,`)}(b)=1];}`,
      'PROTO_TOO_LARGE',
    ],
  ])('behavior: %s', (_, source, result) => {
    expect(compileOrRefuse(new Map([['a.proto', source]]))).toBe(result);
  });

  test('behavior: a thousand files that import each other publicly', () => {
    const files = new Map(
      Array.from({ length: 1000 }, (_, i): [string, string] => {
        const imports = Array.from(
          { length: Math.min(i, 20) },
          (_, k) => `import public "f${i - k - 1}.proto";`,
        );
        return [`f${i}.proto`, `${head}${imports.join('')}message M${i}{}`];
      }),
    );
    expect(compileOrRefuse(files)).toBe('accepted');
  });
});
