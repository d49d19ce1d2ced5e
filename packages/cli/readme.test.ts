import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { launcher } from './test/run-snet.ts';
import { startLocalNetwork } from './test/start-local-network.ts';

test.skipIf(process.platform === 'win32')(
  'behavior: the commands of the README work when pasted',
  async () => {
    await using network = await startLocalNetwork();
    const { env, directory } = network.home;
    const bin = join(directory, 'bin');
    await mkdir(bin);
    const program = `#!/bin/sh\nexec "${process.execPath}" --conditions=@snetkit/source "${launcher}" "$@"\n`;
    await writeFile(join(bin, 'snet'), program, { mode: 0o755 });

    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const [, block = ''] = readme.match(/```sh\n[^`]*```/g) ?? [];
    const lines = block.split('\n').slice(1, -1);
    expect(lines).toHaveLength(5);
    const path = `${bin}:${process.env['PATH']}`;
    const options = { env: { ...process.env, ...env, PATH: path }, timeout: 60_000 };
    const printed: string[] = [];
    for (const line of lines) {
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line], options);
      printed.push(stdout);
    }
    const [methods, detected, answered, balance, channels] = printed;
    expect(methods).toContain('Detect      text');
    expect(detected).toContain('"name": "German"');
    expect(answered).toContain('italiano');
    expect(balance).toContain('99.99 FET');
    expect(channels).toContain('0.002 FET');
  },
);
