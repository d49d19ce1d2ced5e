import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CodegenError } from '../codegen-error.ts';

/**
 * Runs `snet` of the project in the working directory, or the one on the path; resolves with its exit
 * code. This package does not depend on it: it is the one that depends on this.
 *
 * @throws CodegenError `CODEGEN_TOOL_MISSING`
 */
export async function runSnet(args: readonly string[]): Promise<number> {
  const [program, ...before] = findSnet();
  const child = spawn(program, [...before, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'close').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new CodegenError('CODEGEN_TOOL_MISSING', 'snet is not installed.', {
      hint: 'run: npm install --save-dev @snetkit/cli',
    });
  })) as [number | null];
  return code ?? 1;
}

function findSnet(): [string, ...string[]] {
  try {
    const require = createRequire(join(process.cwd(), 'package.json'));
    const manifest = require.resolve('@snetkit/cli/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { snet: string } };
    return [process.execPath, ...process.execArgv, join(manifest, '..', bin.snet)];
  } catch {
    return ['snet'];
  }
}
