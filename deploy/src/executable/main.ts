// `npm run build:executable -- [FILE]`: the daemon as one file; see docs/deployment.md.
import { resolve } from 'node:path';
import { buildExecutable } from './build-executable.ts';

const output = resolve(process.argv[2] ?? 'snetd');
const started = performance.now();
await buildExecutable({ output, onProgress: (step) => void process.stderr.write(`  ${step}\n`) });
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stderr.write(`${output} (${seconds} s)\n`);
