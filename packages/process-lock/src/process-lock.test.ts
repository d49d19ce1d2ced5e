import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { holdProcessLock, isProcessLockHeld, removeDeadLocks } from './process-lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'snetkit-lock-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const source = new URL('./process-lock.ts', import.meta.url);
const holder = `
  const { holdProcessLock } = await import(${JSON.stringify(source.href)});
  process.stdout.write(holdProcessLock(process.argv[1]).id);
  process.stdin.resume();
`;

/** A process that holds a lock until it is killed. */
async function startHolder() {
  const child = spawn(
    process.execPath,
    ['--conditions=@snetkit/source', '--input-type=module', '--eval', holder, directory],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [id] = await once(child.stdout, 'data');
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    if (signal === 'SIGKILL') await once(child, 'exit');
  };
  return { id: String(id), kill };
}

test('default: held until it is released', () => {
  const lock = holdProcessLock(directory);
  expect(isProcessLockHeld(directory, lock.id)).toBe(true);
  lock.release();
  expect(isProcessLockHeld(directory, lock.id)).toBe(false);
});

test('behavior: the kernel drops the lock of a process that is killed', async () => {
  const { id, kill } = await startHolder();
  expect(isProcessLockHeld(directory, id)).toBe(true);
  await kill('SIGKILL');
  expect(isProcessLockHeld(directory, id)).toBe(false);
});

test('behavior: a stopped process keeps its lock', async () => {
  const { id, kill } = await startHolder();
  await kill('SIGSTOP');
  expect(isProcessLockHeld(directory, id)).toBe(true);
  await kill('SIGKILL');
});

test('behavior: what dead processes left is removed, what living ones hold stays', async () => {
  const lock = holdProcessLock(directory);
  const dead = await startHolder();
  await dead.kill('SIGKILL');
  await removeDeadLocks(directory);
  expect(readdirSync(directory)).toEqual([`${lock.id}.lock`]);
  lock.release();
});

test('args: an id that is none is not held', () => {
  expect(isProcessLockHeld(directory, '../../etc/passwd')).toBe(false);
});
