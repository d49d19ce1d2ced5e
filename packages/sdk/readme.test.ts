import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startNetwork } from './test/start-network.ts';

test('behavior: the example of the README works when pasted', async () => {
  await using network = await startNetwork({ as: 'sepolia' });
  const { rpcUrl, contentUrl, accounts, directory } = network.devnet;
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const args = ['--conditions=@snetkit/source', '--input-type=module-typescript', '--eval', code];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: import.meta.dirname,
    timeout: 60_000,
    env: {
      ...process.env,
      RPC_URL: rpcUrl,
      IPFS_URL: contentUrl,
      PRIVATE_KEY: accounts.client.privateKey,
      XDG_STATE_HOME: directory,
    },
  });
  expect(stdout).toContain("language: { code: 'de', name: 'German' }");
  expect(stderr).toBe('');
});
