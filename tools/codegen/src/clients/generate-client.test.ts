import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodegenError } from '../codegen-error.ts';
import { type GenerateClientOptions, generateClient } from './generate-client.ts';
import { readFiles } from './generated-files.ts';
import type { ServicePin } from './service-pin.ts';

const proto = `syntax = "proto3";
package shop.v1;
message Item { string name = 1; }
// Sells things.
service Shop {
  // Finds one.
  rpc Find(Item) returns (Item);
  rpc List(Item) returns (stream Item);
}
`;

const service: ServicePin = {
  organizationId: 'o',
  serviceId: "it's */ `$` \u2028",
  network: 'sepolia',
  chainId: 11155111,
  group: 'g',
  metadataUri: 'ipfs://QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
  protosUri: 'ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o',
};

let folder: string;
let protos: string;
let outDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "snetkit client's test-"));
  [protos, outDir] = [join(folder, 'protos'), join(folder, 'deep/out')];
  await add('shop/v1/shop.proto', proto);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function add(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(protos, path)), { recursive: true });
  await writeFile(join(protos, path), text);
}

const generate = (options: Partial<GenerateClientOptions> = {}) =>
  generateClient({ protos, service, outDir, name: 'shop-client', ...options });

async function failure(options?: Partial<GenerateClientOptions>): Promise<CodegenError> {
  const error = await generate(options).catch((reason: unknown) => reason);
  if (!(error instanceof CodegenError)) throw new TypeError(`no CodegenError: ${error}`);
  return error;
}

/** A set of descriptors that no compiler would make. */
function forge(...files: { name: string; methods?: string[] }[]): Uint8Array {
  const set = create(FileDescriptorSetSchema, {
    file: files.map(({ name, methods = ['Do'] }, index) => ({
      name,
      syntax: 'proto3',
      package: `p${index}`,
      messageType: [{ name: 'M' }],
      service: [
        {
          name: 'S',
          method: methods.map((method) => ({
            name: method,
            inputType: `.p${index}.M`,
            outputType: `.p${index}.M`,
          })),
        },
      ],
    })),
  });
  return toBinary(FileDescriptorSetSchema, set);
}

test('default', async () => {
  const made = await generate({ sdk: '^1.2.3' });
  const changed = [
    'README.md',
    'client.js',
    'gen/shop/v1/shop_pb.d.ts',
    'gen/shop/v1/shop_pb.js',
    'index.d.ts',
    'index.js',
    'package.json',
    'service.json',
  ];
  expect(made).toMatchObject({ outDir, status: 'written', changed, previous: undefined });
  expect([...(await readFiles(outDir)).keys()].sort()).toEqual(changed);
  const manifest = JSON.parse(await readFile(join(outDir, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({
    name: 'shop-client',
    version: '0.0.0-cid-Ez79ojWnPbdG',
    type: 'module',
    dependencies: { '@snetkit/sdk': '^1.2.3', '@bufbuild/protobuf': expect.any(String) },
  });
  expect(manifest).not.toHaveProperty('scripts');
  expect(JSON.parse(await readFile(join(outDir, 'service.json'), 'utf8'))).toEqual(made.record);
  const types = await readFile(join(outDir, 'gen/shop/v1/shop_pb.d.ts'), 'utf8');
  expect(types).toContain('* Finds one.');
  // Ids of strangers end up in code as data only.
  const index = await readFile(join(outDir, 'index.js'), 'utf8');
  const [, data = ''] = /export const pin = Object\.freeze\((\{[^}]*\})\);\n/.exec(index) ?? [];
  expect(JSON.parse(data)).toEqual(service);
  expect(index.replace(data, '')).not.toContain('*/');
});

test('behavior: same input, same bytes; nothing is done when nothing has changed', async () => {
  await generate();
  const before = await readFiles(outDir);
  expect(await generate()).toMatchObject({ status: 'current', changed: [] });
  expect(await generate({ force: true })).toMatchObject({ status: 'current', changed: [] });
  await generate({ outDir: join(folder, 'other') });
  expect(await readFiles(join(folder, 'other'))).toEqual(before);
});

test('behavior: what is gone from the protos goes, what is installed stays, drafts leave no trace', async () => {
  await add('extra.proto', proto.replace('shop.v1', 'extra'));
  await generate();
  await mkdir(join(outDir, 'node_modules/dependency'), { recursive: true });
  await rm(join(protos, 'extra.proto'));
  const { changed } = await generate({ service: { ...service, protosUri: 'ipfs://other' } });
  expect(changed).toContain('gen/extra_pb.js');
  expect(await readdir(join(outDir, 'gen'))).toEqual(['shop']);
  expect(await readdir(join(outDir, 'node_modules'))).toEqual(['dependency']);
  expect(await readdir(dirname(outDir))).toEqual(['out']);
});

test('args: check', async () => {
  expect(await generate({ check: true })).toMatchObject({ status: 'stale' });
  await expect(readdir(outDir)).rejects.toThrow('ENOENT');
  await generate();
  expect(await generate({ check: true })).toMatchObject({ status: 'current' });
  await writeFile(join(outDir, 'more.js'), '');
  expect(await generate({ check: true })).toMatchObject({ status: 'stale', changed: ['more.js'] });
});

test('args: ownFiles', async () => {
  await add('platform.proto', proto.replace('shop.v1', 'platform'));
  await generate({ ownFiles: new Set(['shop/v1/shop.proto']) });
  const index = await readFile(join(outDir, 'index.js'), 'utf8');
  expect(index).toContain('createShopClient');
  expect(index).not.toContain('platform');
});

test('error: the folder holds something else, also a document of a provider', async () => {
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'service.json'), '{"version": 1, "display_name": "x"}');
  const error = await failure({ force: true });
  expect(error.message).toBe(
    `The output folder holds other files.\nPlace: ${outDir}\nFound: service.json`,
  );
  expect(error.code).toBe('CODEGEN_OUTPUT_TAKEN');
  expect(await readdir(outDir)).toEqual(['service.json']);
});

test.each([
  ['"; process.exit(); "x.proto'],
  ["it's.proto"],
  ['../up.proto'],
  ['/root.proto'],
  ['a//b.proto'],
  ['a/./b.proto'],
  ['a\\b.proto'],
  ['a\n.proto'],
  ['*/x.proto'],
  ['trailing /x.proto'],
])('error: a file called %j', async (name) => {
  const error = await failure({ protos: forge({ name }) });
  expect(error.message).toBe(
    `The name of a proto file makes no code.\nFound: ${JSON.stringify(name)}\nFix: use letters, digits, "_", "-" and "." in names of files`,
  );
  await expect(readdir(outDir)).rejects.toThrow('ENOENT');
});

test('error: names that differ only in case', async () => {
  const files = forge({ name: 'a.proto' }, { name: 'A.proto' });
  expect((await failure({ protos: files })).message).toBe(
    'Two proto files differ only in case.\nFound: A.proto and a.proto',
  );
  const methods = forge({ name: 'a.proto', methods: ['Do', 'do'] });
  expect((await failure({ protos: methods })).message).toBe(
    'Two methods have one name in code.\nPlace: p0.S\nFound: Do and do, both do',
  );
});

test('error: protos that do not compile, that define no service, that are not there', async () => {
  await add('bad.proto', 'syntax = "proto3"; message');
  expect(await failure()).toMatchObject({ code: 'CODEGEN_FAILED' });
  await rm(join(protos, 'bad.proto'));
  await add('shop/v1/shop.proto', 'syntax = "proto3"; message M {}');
  expect((await failure()).message).toBe(
    'The protos define no service.\nFound: shop/v1/shop.proto',
  );
  expect((await failure({ protos: join(folder, 'no') })).message).toBe(
    `There is no folder with protos.\nPlace: ${join(folder, 'no')}`,
  );
});

test.each([['Upper'], ['a b'], ['../x'], ['@x'], ['a"b'], ['']])(
  'error: a package called %j',
  async (name) => {
    expect(await failure({ name })).toMatchObject({
      code: 'CODEGEN_INPUT_INVALID',
      shortMessage: 'This is no name for the package.',
    });
  },
);

test('error: a generator that is not installed', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = folder;
  try {
    expect((await failure({ language: 'python' })).message).toBe(
      'grpcio-tools is not installed.\nFix: run: python3 -m pip install grpcio-tools googleapis-common-protos',
    );
    expect((await failure({ language: 'go' })).message).toBe(
      'protoc-gen-go is not installed.\nFix: run: go install google.golang.org/protobuf/cmd/protoc-gen-go@latest',
    );
  } finally {
    process.env['PATH'] = path;
  }
});

test('error: cancelled, and too slow', async () => {
  const bytes = forge({ name: 'a.proto' });
  const signal = AbortSignal.abort();
  expect(await failure({ protos: bytes, signal })).toMatchObject({ code: 'CODEGEN_ABORTED' });
  expect(await failure({ protos: bytes, timeoutMs: 0 })).toMatchObject({ code: 'CODEGEN_ABORTED' });
  await expect(readdir(outDir)).rejects.toThrow('ENOENT');
});
