import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withFileLock } from './with-file-lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'snetkit-file-lock-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const source = new URL('./with-file-lock.ts', import.meta.url);
const holder = `
  const { withFileLock } = await import(${JSON.stringify(source.href)});
  await withFileLock(process.argv[1], { timeoutMs: 30_000 }, async () => {
    process.stdout.write('held');
    process.stdin.resume();
    await new Promise(() => {});
  });
`;

/** A process that holds the lock of a file until it is killed. */
async function startHolder(file: string) {
  const child = spawn(
    process.execPath,
    ['--conditions=@snetkit/source', '--input-type=module', '--eval', holder, file],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
}

test('default: one after the other in one process', async () => {
  const file = join(directory, 'one', 'test.lock');
  let inside = 0;
  const order: number[] = [];
  const work = Array.from({ length: 5 }, (_, i) =>
    withFileLock(file, { timeoutMs: 30_000 }, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise(setImmediate);
      inside -= 1;
      order.push(i);
    }),
  );
  await Promise.all(work);
  expect(order.toSorted()).toEqual([0, 1, 2, 3, 4]);
});

test('default: what the work returns and throws; the lock is free afterwards', async () => {
  const file = join(directory, 'two.lock');
  const options = { timeoutMs: 30_000 };
  expect(await withFileLock(file, options, async () => 7)).toBe(7);
  await expect(
    withFileLock(file, options, () => Promise.reject(new TypeError('mine'))),
  ).rejects.toThrow('mine');
  expect(await withFileLock(file, { timeoutMs: 0 }, async () => 8)).toBe(8);
});

test('behavior: another process waits, and gets it when the holder is killed', async () => {
  const file = join(directory, 'three.lock');
  const kill = await startHolder(file);
  let got = false;
  const mine = withFileLock(file, { timeoutMs: 30_000 }, async () => {
    got = true;
  });
  await expect(withFileLock(file, { timeoutMs: 0 }, async () => {})).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: `Another process has held a lock for 0 ms.\nPlace: ${file}`,
  });
  expect(got).toBe(false);
  await kill();
  await mine;
  expect(got).toBe(true);
});

test('error: cancelled while it waits', async () => {
  const file = join(directory, 'four.lock');
  const kill = await startHolder(file);
  const controller = new AbortController();
  const { signal } = controller;
  const waits = withFileLock(file, { timeoutMs: 30_000, signal }, async () => {});
  controller.abort();
  await expect(waits).rejects.toMatchObject({
    code: 'ABORTED',
    message: `The wait for a lock was cancelled.\nPlace: ${file}`,
  });
  await kill();
});

test('error: a place that is no file', async () => {
  await expect(withFileLock(directory, { timeoutMs: 1_000 }, async () => {})).rejects.toMatchObject(
    {
      code: 'LOCK_UNAVAILABLE',
      message: `A lock cannot be taken\nPlace: ${directory}`,
    },
  );
});
