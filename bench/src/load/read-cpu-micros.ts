import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time that the threads of a process have used so far, in microseconds; `undefined` where
 * the system does not tell (elsewhere than on Linux).
 */
export function readCpuMicros(pid: number): number | undefined {
  const tasks = `/proc/${pid}/task`;
  try {
    let nanos = 0;
    for (const task of readdirSync(tasks)) {
      const [ran] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
      nanos += Number(ran);
    }
    return nanos / 1000;
  } catch {
    return undefined;
  }
}
