// Stands in for a daemon in tests of how one is started: `serve -c FILE`, and what FILE says it should do.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const [command, flag, file = ''] = process.argv.slice(2);
if (command !== 'serve' || flag !== '-c') throw new Error(`unexpected ${command} ${flag}`);
const config = JSON.parse(readFileSync(file, 'utf8'));

if (config.fail !== undefined) {
  process.stderr.write(`${config.fail}\n`);
  process.exit(3);
}
if (config.deaf) process.on('SIGTERM', () => {});

const [host, port] = config.daemon_endpoint.split(':');
const server = createServer((socket) => {
  process.stdout.write(`${JSON.stringify({ event: 'connection' })}\n`);
  socket.end();
});
server.listen(Number(port), host, () => {
  process.stdout.write('not every line is JSON\n');
  if (config.silent) return;
  const endpoint = `http://${config.daemon_endpoint}`;
  process.stdout.write(`${JSON.stringify({ event: 'listening', endpoint, cwd: process.cwd() })}\n`);
});
