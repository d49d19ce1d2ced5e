import { readdir, readFile } from 'node:fs/promises';

/** Ids of processes that inherited an environment variable with this value; none where there is no /proc. */
export async function findProcesses(name: string, value: string): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const ids = entries.filter((entry) => /^[0-9]+$/.test(entry));
  const found = await Promise.all(
    ids.map(async (id) => {
      // A process that ended meanwhile has no environment.
      const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(`${name}=${value}`) ? [Number(id)] : [];
    }),
  );
  return found.flat();
}

/** Resolves when no such process is left; the caller's test ends the waiting. */
export async function waitUntilGone(name: string, value: string): Promise<void> {
  while ((await findProcesses(name, value)).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The one of these processes whose command line holds a text. */
export async function findByCommand(ids: readonly number[], text: string): Promise<number> {
  for (const id of ids) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0').some((word) => word.includes(text))) return id;
  }
  throw new Error(`no process ${text}`);
}
