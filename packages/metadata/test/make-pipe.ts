import { spawnSync } from 'node:child_process';

const program = 'mkfifo';

/** Makes a named pipe, which opens only when somebody writes into it. */
export function makePipe(path: string): void {
  const { status, stderr } = spawnSync(program, [path], { encoding: 'utf8' });
  if (status !== 0) throw new TypeError(`no pipe at ${path}: ${stderr}`);
}
