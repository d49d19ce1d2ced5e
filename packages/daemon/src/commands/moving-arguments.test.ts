import { expect, test } from 'vitest';
import { run } from './run.ts';

test.each([
  [['store', 'export'], 'Name the state file to write.'],
  [['store', 'import'], 'Name the state file to read.'],
  [['store', 'export', 'a', 'b'], "Unexpected argument 'b'."],
  [['store', 'export', '--layout', 'old', 'a'], '--layout takes official, or is left out.'],
  [
    ['store', 'export', '--layout', 'official', 'a'],
    'The official layout is an etcd (--to), not a file.',
  ],
  [['import', '--observe', 'soon'], '--observe takes a number of seconds.'],
])('args: snetd %j', async (args, message) => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  expect(await run(args, { env: {}, print, warn: print })).toBe(2);
  expect(lines).toEqual([`snetd: ${message} Run 'snetd --help' to see what there is.`]);
});
