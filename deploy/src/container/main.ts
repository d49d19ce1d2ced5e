// `npm run build:rootfs -- [DIRECTORY]`: what deploy/container/Containerfile copies; see docs/deployment.md.
import { join, resolve } from 'node:path';
import { buildExecutable } from '../executable/build-executable.ts';
import { makeRootfs } from './make-rootfs.ts';

const directory = resolve(process.argv[2] ?? 'deploy/dist/image');
const executable = join(directory, 'snetd');
const onProgress = (step: string) => void process.stderr.write(`  ${step}\n`);
await buildExecutable({ output: executable, onProgress });
await makeRootfs({ executable, directory: join(directory, 'rootfs') });
process.stderr.write(`${join(directory, 'rootfs')}\n`);
