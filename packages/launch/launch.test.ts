import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPinnedNode, isNodeTooOld } from './launch.js';

const directory = mkdtempSync(join(tmpdir(), 'snetkit-launch-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a launcher script in which the running Node claims to be another version. */
function runAs(version: string, program: string, env: NodeJS.ProcessEnv = {}) {
  const file = join(directory, 'program.mjs');
  writeFileSync(
    file,
    `import { launch } from ${JSON.stringify(new URL('./launch.js', import.meta.url).href)};
     const wasRelaunched = process.env.SNETKIT_RELAUNCHED !== undefined;
     if (process.env.SNETKIT_TEST_RELAUNCHED) process.env.SNETKIT_RELAUNCHED = '1';
     if (!wasRelaunched) {
       Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });
     }
     await launch(${JSON.stringify(import.meta.url)}, async () => { ${program} });`,
  );
  return spawnSync(process.execPath, [file, 'one', 'two'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

test('default: a new enough Node loads the program itself', () => {
  const { stdout, status } = runAs('22.13.0', `console.log(process.argv.slice(2).join('+'))`);
  expect({ stdout, status }).toEqual({ stdout: 'one+two\n', status: 0 });
});

test('behavior: an older one hands over to the pinned Node, with arguments and exit code', () => {
  expect(findPinnedNode(import.meta.url)).toMatch(/node$/);
  const program = `console.log(process.argv.slice(2).join('+')); process.exitCode = 7`;
  const { stdout, status } = runAs('20.19.0', program);
  expect({ stdout, status }).toEqual({ stdout: 'one+two\n', status: 7 });
});

test('error: no newer Node is to be had', () => {
  const { stderr, status } = runAs('20.19.0', '', { SNETKIT_TEST_RELAUNCHED: '1' });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'This program needs Node 22.13 or newer; it was started with 20.19.0.\n' +
      `Install a newer Node, or add the package node-${process.platform}-${process.arch} beside it.\n`,
  );
});

test.each([
  ['20.20.2', true],
  ['22.12.9', true],
  ['22.13.0', false],
  ['24.0.0', false],
])('args: %s is too old: %s', (version, expected) => {
  expect(isNodeTooOld(version)).toBe(expected);
});
