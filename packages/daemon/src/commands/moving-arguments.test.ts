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

test('args: a store that ends with its process', async () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const env = {
    SNET_ORGANIZATION_ID: 'org',
    SNET_SERVICE_ID: 'service',
    SNET_PAYMENT_CHANNEL_STORAGE_TYPE: 'memory',
    SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
  };
  expect(await run(['import'], { env, print, warn: print })).toBe(2);
  expect(lines).toEqual([
    "snetd: The configured store is memory: it ends with its process. Run 'snetd --help' to see what there is.",
  ]);
});
