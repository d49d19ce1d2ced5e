import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWeakSecret } from '../prepaid/token-secret.ts';
import { init } from './init.ts';

test('behavior: each file has a secret of its own, good enough for prepaid calls', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'snetd-init-'));
  try {
    const secrets = new Set<string>();
    for (const name of ['a.json', 'b.json']) {
      const config = join(directory, name);
      const input = { options: { config }, env: {}, print: () => {}, warn: () => {} };
      expect(await init.run(input)).toBe(0);
      const { token_secret_key: secret } = JSON.parse(await readFile(config, 'utf8'));
      expect(describeWeakSecret(secret)).toBe(undefined);
      secrets.add(secret);
    }
    expect(secrets.size).toBe(2);
  } finally {
    await rm(directory, { recursive: true });
  }
});
