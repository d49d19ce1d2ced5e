import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from './run.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snetkit-codegen-command-'));
  await mkdir(join(folder, 'protos'));
  const text = 'syntax = "proto3"; message M {} service S { rpc Do(M) returns (M); }';
  await writeFile(join(folder, 'protos/s.proto'), text);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function runInside(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await run(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

test('default', async () => {
  const out = join(folder, 'out');
  const args = ['service', join(folder, 'protos'), '-o', out];
  expect(await runInside(...args)).toEqual({ code: 0, stdout: `wrote ${out}\n`, stderr: '' });
  const again = { code: 0, stdout: `${out} is up to date\n`, stderr: '' };
  expect(await runInside(...args)).toEqual(again);
  expect(await runInside(...args, '--check')).toEqual(again);
  await writeFile(join(out, 'index.js'), '');
  const stale = { code: 6, stdout: '', stderr: `error: ${out} is out of date: index.js\n` };
  expect(await runInside(...args, '--check')).toEqual(stale);
});

test.each([[[]], [['--help']], [['service', '--help']]])('behavior: %j', async (args) => {
  const { code, stdout } = await runInside(...args);
  expect(code).toBe(0);
  expect(stdout).toContain('snet-codegen service PROTO_DIR -o DIR');
});

test.each([
  [['contracts'], 'There is no command "contracts".'],
  [['service', 'x'], 'A folder of protos and -o DIR are needed.'],
  [
    ['service', 'x', '-o', 'y', '--language', 'cobol'],
    'Clients are generated in typescript, python, go.',
  ],
])('error: %j', async (args, message) => {
  expect(await runInside(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${message}\nFix: see "snet-codegen --help"\n`,
  });
});
