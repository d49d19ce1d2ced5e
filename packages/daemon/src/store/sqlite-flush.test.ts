import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createStoreDirectory } from '../../test/store/store-directory.ts';

// No test can cut the power; this one watches what is asked of the kernel, and when.
test('behavior: applied is said after the flush, not before', async () => {
  await using directory = await createStoreDirectory();
  const trace = join(directory.path, 'trace');
  const script = join(import.meta.dirname, '../../test/store/store-child.ts');
  const child = spawn(
    'strace',
    [
      ...['-f', '-y', '-o', trace, '-e', 'trace=pwrite64,pwritev,fdatasync,fsync,write'],
      ...[process.execPath, '--conditions=@snetkit/source', script, directory.path, 'test'],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] } },
  );
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('open');
  child.stdin.write('put key 1\n');
  expect((await lines.next()).value).toBe('applied 1');
  child.stdin.write('put key 2\n');
  expect((await lines.next()).value).toBe('applied 2');
  child.stdin.write('close\n');
  await exit;
  const steps = (await readFile(trace, 'utf8'))
    .slice((await readFile(trace, 'utf8')).indexOf('"open\\n"'))
    .split('\n')
    .flatMap((line) => {
      if (/"applied \d\\n"/.test(line)) return ['applied'];
      if (!line.includes('payments.sqlite-wal')) return [];
      return [/ (\w+)\(/.exec(line)?.[1] ?? line];
    });
  // The log is written, then flushed; the table itself has time. The first commit begins the log.
  const second = steps.slice(steps.indexOf('applied') + 1, steps.lastIndexOf('applied'));
  expect(second).toEqual(['pwrite64', 'pwrite64', 'fsync']);
});
