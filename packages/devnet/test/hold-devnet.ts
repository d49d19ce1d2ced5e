// Holds a local network up until it is killed; prints the process ids and addresses of its parts.
import { join } from 'node:path';
import { startDevnet } from '../src/index.ts';

const devnet = await startDevnet({
  daemonCommand: [process.execPath, join(import.meta.dirname, 'stand-in-daemon.ts')],
  announce: process.argv.includes('--announce'),
});
process.stdout.write(
  `${JSON.stringify({
    event: 'listening',
    pids: [devnet.service?.pid, devnet.daemon?.pid],
    rpcUrl: devnet.rpcUrl,
    directory: devnet.directory,
  })}\n`,
);
