import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodegenError } from '../codegen-error.ts';
import { type GenerateProtosOptions, generateProtos } from './generate-protos.ts';

const bufYaml = 'version: v2\nmodules:\n  - path: proto\n';
const proto = `syntax = "proto3";
package counter;
// Which way to count.
enum Direction { DIRECTION_UNSPECIFIED = 0; DIRECTION_UP = 1; }
message Step { Direction direction = 1; uint64 by = 2; }
`;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "snetkit codegen's test-"));
  await mkdir(join(cwd, 'proto', 'deep'), { recursive: true });
  await writeFile(join(cwd, 'buf.yaml'), bufYaml);
  await writeFile(join(cwd, 'proto', 'deep', 'counter.proto'), proto);
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const generate = (options?: Partial<GenerateProtosOptions>) =>
  generateProtos({ cwd, outDir: 'src/gen', ...options });
const output = () => readFile(join(cwd, 'src/gen/deep/counter_pb.ts'), 'utf8');

async function failure(options?: Partial<GenerateProtosOptions>): Promise<CodegenError> {
  const error = await generate(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodegenError)) throw new TypeError(`no CodegenError: ${error}`);
  return error;
}

describe('generateProtos', () => {
  test('default: erasable TypeScript, exactly', async () => {
    await generate();
    expect(await output()).toMatchSnapshot();
  });

  test('behavior: the room has its own buf.gen.yaml', async () => {
    await writeFile(
      join(cwd, 'buf.gen.yaml'),
      'version: v2\nclean: true\nplugins:\n  - local: protoc-gen-es\n    out: src/gen\n    opt: [target=js]\n',
    );
    await generate();
    expect(await readdir(join(cwd, 'src/gen/deep'))).toEqual(['counter_pb.js']);
  });

  test('behavior: the same bytes again', async () => {
    await generate();
    const first = await output();
    await generate();
    expect(await output()).toBe(first);
  });

  test('behavior: files of deleted inputs disappear, neighbours stay', async () => {
    await mkdir(join(cwd, 'src/gen/old'), { recursive: true });
    await writeFile(join(cwd, 'src/gen/old/gone_pb.ts'), '');
    await writeFile(join(cwd, 'src/index.ts'), 'kept');
    await generate();
    expect(await readdir(join(cwd, 'src'), { recursive: true })).toEqual([
      'gen',
      'index.ts',
      'gen/deep',
      'gen/deep/counter_pb.ts',
    ]);
  });

  test('error: a proto with a mistake leaves the output alone', async () => {
    await generate();
    const before = await output();
    await writeFile(join(cwd, 'proto/deep/counter.proto'), `${proto}message Step {}\n`);
    const error = await failure();
    expect(error.code).toBe('CODEGEN_FAILED');
    expect(error.message.replace(error.place ?? '', '<room>')).toMatchInlineSnapshot(`
      "buf refused the files.
      Place: <room>
      Found: proto/deep/counter.proto:5:9:\`Step\` declared multiple times"
    `);
    expect(await output()).toBe(before);
  });

  test('error: buf.gen.yaml writes elsewhere', async () => {
    await writeFile(
      join(cwd, 'buf.gen.yaml'),
      'version: v2\nplugins:\n  - local: protoc-gen-es\n    out: lib\n    opt: [target=ts]\n',
    );
    const error = await failure();
    expect(error.code).toBe('CODEGEN_OUTPUT_MISSING');
    expect(error.message.replace(error.place ?? '', '<room>/buf.gen.yaml')).toMatchInlineSnapshot(`
      "buf wrote nothing to src/gen.
      Place: <room>/buf.gen.yaml
      Fix: set "out: src/gen" in buf.gen.yaml, and check that there are .proto files"
    `);
  });

  test('error: no such folder', async () => {
    const error = await failure({ cwd: '/nowhere/at/all' });
    expect(error.code).toBe('CODEGEN_INPUT_MISSING');
    expect(error.message).toMatchInlineSnapshot(`
      "There is no such folder.
      Place: /nowhere/at/all"
    `);
  });

  test('error: given up', async () => {
    expect((await failure({ signal: AbortSignal.abort() })).code).toBe('CODEGEN_ABORTED');
    expect((await failure({ timeoutMs: 1 })).code).toBe('CODEGEN_ABORTED');
  });
});
