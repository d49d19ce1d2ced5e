import {
  create,
  type DescMessage,
  fromBinary,
  fromJson,
  getOption,
  type MessageInitShape,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { describe, expect, test } from 'vitest';
import { getError } from '../test/get-error.ts';
import { compileProtos } from './compile-protos.ts';
import { findMethod } from './find-method.ts';
import { my_method_option } from './pricing.ts';
import { max_models_per_user } from './training.ts';

const compile = (files: Readonly<Record<string, string>>) =>
  compileProtos(new Map(Object.entries(files)));

const three = (body: string) => `syntax = "proto3";\n${body}\n`;

describe('compileProtos', () => {
  test('default', () => {
    const registry = compile({
      'echo.proto': three(
        'package demo; message Line { string text = 1; } service Echo { rpc say(Line) returns (stream Line); }',
      ),
    });
    const method = findMethod(registry, 'demo.Echo/say');
    expect(method.methodKind).toBe('server_streaming');
    expect(method.input).toBe(registry.getMessage('demo.Line'));
    expect([...registry.files].map(({ proto }) => proto.name)).toEqual(['echo.proto']);
  });

  test('behavior: nothing makes an empty registry', () => {
    expect([...compileProtos(new Map())]).toEqual([]);
  });

  test('behavior: other files are skipped', () => {
    const registry = compile({ 'README.md': 'not protobuf', 'a.proto': three('message A {}') });
    expect([...registry].map(({ typeName }) => typeName)).toEqual(['A']);
  });

  test('behavior: every file comes after its imports', () => {
    const registry = compile({
      'a.proto': three('import "b.proto"; message A { B b = 1; }'),
      'b.proto': three('import "c.proto"; message B { C c = 1; }'),
      'c.proto': three('import "google/protobuf/any.proto"; message C {}'),
    });
    expect([...registry.files].map(({ proto }) => proto.name)).toEqual([
      'google/protobuf/any.proto',
      'c.proto',
      'b.proto',
      'a.proto',
    ]);
  });
});

describe('imports', () => {
  const shared = three('package shared; message Shared {}');
  const importer = (path: string) => three(`import "${path}"; message M { shared.Shared s = 1; }`);
  const dependency = (files: Readonly<Record<string, string>>, path: string) =>
    compile(files).getFile(path)?.proto.dependency;

  test.each([
    ['a path from the root', 'x/shared.proto', 'y/m.proto', 'x/shared.proto'],
    ['a path in the folder of the importer', 'x/sub/shared.proto', 'x/m.proto', 'sub/shared.proto'],
    ['a path in a folder above', 'top/x/shared.proto', 'top/y/z/m.proto', 'x/shared.proto'],
    ['a bare file name in another folder', 'x/shared.proto', 'y/m.proto', 'shared.proto'],
    ['a bare file name from the root', 'x/y/shared.proto', 'm.proto', 'shared.proto'],
    ['a path with a dot in front', 'x/shared.proto', 'm.proto', './x/shared.proto'],
  ])('behavior: %s finds its file', (_, path, importerPath, imported) => {
    const files = { [path]: shared, [importerPath]: importer(imported) };
    expect(dependency(files, importerPath)).toEqual([path]);
  });

  test('behavior: the nearest folder wins', () => {
    const files = {
      'a/shared.proto': shared,
      'b/shared.proto': three('package other; message Other {}'),
      'a/m.proto': importer('shared.proto'),
    };
    expect(dependency(files, 'a/m.proto')).toEqual(['a/shared.proto']);
  });

  test('error: a bare file name that fits several files', () => {
    const files = {
      'a/shared.proto': shared,
      'b/shared.proto': three('package other;'),
      'm.proto': importer('shared.proto'),
    };
    expect(getError(() => compile(files)).message).toMatchInlineSnapshot(`
      "The import "shared.proto" fits several files.
      Place: m.proto:2:8
      Expected: a path that names one file
      Found: a/shared.proto, b/shared.proto
      Fix: Import the file by its whole path."
    `);
  });

  test('behavior: what an archive brings itself comes before what we bring', () => {
    const own = three('package training; message ModelID { string own = 1; }');
    const user = three('import "training.proto"; message M { training.ModelID id = 1; }');
    for (const path of ['training.proto', 'protos/training.proto']) {
      const registry = compile({ [path]: own, 'service.proto': user });
      const fields = registry.getMessage('training.ModelID')?.fields.map(({ name }) => name);
      expect(fields).toEqual(['own']);
      expect([...registry.files].map(({ proto }) => proto.name)).toEqual([path, 'service.proto']);
    }
  });

  test('behavior: copies of the files of protobuf itself are left out', () => {
    const copy = 'this is not even protobuf';
    const registry = compile({
      'google/protobuf/any.proto': copy,
      'third_party/google/protobuf/empty.proto': copy,
      'm.proto': three(
        'import "google/protobuf/any.proto"; message M { google.protobuf.Any a = 1; }',
      ),
    });
    expect(registry.getMessage('google.protobuf.Any')?.fields.length).toBe(2);
    expect(registry.getMessage('google.protobuf.Empty')).toBeUndefined();
  });
});

describe('options', () => {
  const registry = compile({
    'service.proto': three(`package demo;
      import "training.proto";
      import "pricing.proto";
      message In { training.ModelID model = 1; }
      service S {
        rpc add(In) returns (In) {
          option (pricing.my_method_option).estimatePriceMethod = "/demo.S/price";
          option (training.max_models_per_user) = 18446744073709551615;
        }
        rpc price(In) returns (pricing.PriceInCogs);
      }`),
  });

  test('behavior: the generated extensions read the options of compiled methods', () => {
    const add = findMethod(registry, 'add');
    expect(getOption(add, my_method_option).estimatePriceMethod).toBe('/demo.S/price');
    expect(getOption(add, max_models_per_user)).toBe(18446744073709551615n);
    expect(getOption(findMethod(registry, 'price'), my_method_option).estimatePriceMethod).toBe('');
  });

  test('behavior: so do the compiled extensions', () => {
    const extension = registry.getExtension('pricing.my_method_option');
    if (extension === undefined) throw new TypeError('no extension');
    const option = getOption(findMethod(registry, 'add'), extension);
    expect(option).toMatchObject({ estimatePriceMethod: '/demo.S/price' });
  });

  test('behavior: repeated options are packed where their definition says so', () => {
    const bytes = (packed: string) => {
      const source = three(`import "google/protobuf/descriptor.proto";
        extend google.protobuf.MessageOptions { repeated int32 list = 50001 ${packed}; }
        message M { option (list) = 1; option (list) = 2; }`);
      const options = compile({ 'm.proto': source }).getMessage('M')?.proto.options;
      return options?.$unknown?.map(({ wireType, data }) => [wireType, [...data]]);
    };
    expect(bytes('')).toEqual([[2, [2, 1, 2]]]);
    expect(bytes('[packed = false]')).toEqual([
      [0, [1]],
      [0, [2]],
    ]);
  });

  // The version of buf that the corpus is compared with writes these in the other encoding.
  test('behavior: options with delimited messages read back', () => {
    const source = `edition = "2023"; import "google/protobuf/descriptor.proto";
      message Inner { string a = 1; }
      message Holder {
        Inner one = 1 [features.message_encoding = DELIMITED];
        repeated Inner many = 2 [features.message_encoding = DELIMITED];
      }
      extend google.protobuf.MessageOptions {
        Holder holder = 50001;
        Inner inner = 50002 [features.message_encoding = DELIMITED];
      }
      message M {
        option (holder) = { one { a: "x" } many: [{ a: "y" }, {}] };
        option (inner).a = "z";
      }`;
    const edition = compile({ 'm.proto': source });
    const [m, holder, inner] = [
      edition.getMessage('M'),
      edition.getExtension('holder'),
      edition.getExtension('inner'),
    ];
    if (!m || !holder || !inner) throw new TypeError('a descriptor is missing');
    expect(getOption(m, holder)).toMatchObject({ one: { a: 'x' }, many: [{ a: 'y' }, { a: '' }] });
    expect(getOption(m, inner)).toMatchObject({ a: 'z' });
  });
});

describe('dynamic messages', () => {
  const registry = compile({
    'types.proto': three(`package demo;
      import "google/protobuf/any.proto";
      import "google/protobuf/struct.proto";
      import "google/protobuf/timestamp.proto";
      import "google/protobuf/wrappers.proto";
      message All {
        int64 signed = 1; uint64 unsigned = 2; fixed64 fixed = 3; bytes raw = 4; Kind kind = 5;
        repeated uint64 list = 6; map<string, int64> map = 7; optional int32 maybe = 8;
        oneof choice { string text = 9; All inner = 10; }
        google.protobuf.Any any = 11; google.protobuf.Struct struct = 12;
        google.protobuf.Timestamp time = 13; google.protobuf.UInt64Value wrapped = 14;
        double number = 15;
        string constructor = 16; string __proto__ = 17; string toString = 18;
        enum Kind { NONE = 0; SOME = 1; }
      }`),
  });
  const all = registry.getMessage('demo.All') as DescMessage;
  const json = {
    signed: '-9223372036854775808',
    unsigned: '18446744073709551615',
    fixed: '9007199254740993',
    raw: '/wAB',
    kind: 'SOME',
    list: ['0', '18446744073709551615'],
    map: { a: '-1', b: '9223372036854775807' },
    maybe: 0,
    inner: { text: 'inner' },
    any: { '@type': 'type.googleapis.com/demo.All', text: 'in any' },
    struct: { nested: { list: [1, 'two', null, true] } },
    time: '2026-11-21T10:00:00.000000001Z',
    wrapped: '18446744073709551614',
    number: 'NaN',
    constructor: 'c',
    toString: 't',
  };

  test('behavior: JSON to bytes and back keeps 64-bit integers and bytes exact', () => {
    const bytes = toBinary(all, fromJson(all, json, { registry }));
    expect(toJson(all, fromBinary(all, bytes), { registry })).toEqual(json);
  });

  test('behavior: 64-bit integers are bigint in a message', () => {
    const message = reflect(all, fromJson(all, json, { registry }));
    const values = ['signed', 'unsigned', 'fixed'].map((name) => {
      const field = all.fields.find((it) => it.name === name);
      return field && message.get(field);
    });
    expect(values).toEqual([-(2n ** 63n), 2n ** 64n - 1n, 2n ** 53n + 1n]);
  });

  test('behavior: messages can be made without JSON', () => {
    const init = { unsigned: 5n, raw: Uint8Array.of(1, 2), list: [1n] };
    const bytes = toBinary(all, create(all, init as MessageInitShape<DescMessage>));
    expect(Buffer.from(bytes).toString('hex')).toBe('1005220201023201' + '01');
  });
});

describe('limits', () => {
  const source = three('message A { message B { message C {} } }');

  test('error: too many bytes', () => {
    const limits = { maxBytes: source.length };
    expect(
      getError(() => compileProtos(new Map([['a.proto', `${source}//ä`]]), { limits })).message,
    ).toMatchInlineSnapshot(`
      "The proto sources are too large.
      Place: a.proto
      Expected: at most 60 bytes in all files
      Fix: Raise limits.maxBytes, if you trust where the sources came from."
    `);
    compileProtos(new Map([['a.proto', source]]), { limits });
  });

  test('error: bytes are counted as UTF-8', () => {
    const text = `//${'ä'.repeat(10)}`;
    compileProtos(new Map([['a.proto', text]]), { limits: { maxBytes: 22 } });
    const error = getError(() =>
      compileProtos(new Map([['a.proto', text]]), { limits: { maxBytes: 21 } }),
    );
    expect(error.code).toBe('PROTO_TOO_LARGE');
  });

  test('error: too many files', () => {
    const files = new Map([
      ['a.proto', ''],
      ['b.proto', ''],
    ]);
    compileProtos(files, { limits: { maxFiles: 2 } });
    expect(
      getError(() => compileProtos(files, { limits: { maxFiles: 1 } })).message,
    ).toMatchInlineSnapshot(`
      "There are too many proto files.
      Place: b.proto
      Expected: at most 1 files
      Fix: Raise limits.maxFiles, if you trust where the sources came from."
    `);
  });

  test('error: too many elements', () => {
    const files = new Map([['a.proto', source]]);
    compileProtos(files, { limits: { maxElements: 3 } });
    expect(
      getError(() => compileProtos(files, { limits: { maxElements: 2 } })).message,
    ).toMatchInlineSnapshot(`
      "The proto sources define too much.
      Place: a.proto:2:33
      Expected: at most 2 definitions and option values in all files
      Fix: Raise limits.maxElements, if you trust where the sources came from."
    `);
  });

  test('error: too deep', () => {
    const files = new Map([['a.proto', source]]);
    compileProtos(files, { limits: { maxDepth: 3 } });
    expect(
      getError(() => compileProtos(files, { limits: { maxDepth: 2 } })).message,
    ).toMatchInlineSnapshot(`
      "The proto source is nested too deeply.
      Place: a.proto:2:35
      Expected: at most 2 levels
      Fix: Move inner messages to the top level."
    `);
  });
});
