import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Somebody who looks whether files have changed. */
export interface FileWatch {
  stop(): void;
}

/**
 * Reads files every now and then and tells when the bytes of one have changed. Reading serves where
 * watching does not: links that are set anew (Kubernetes), network file systems.
 */
export function watchFiles(
  paths: readonly string[],
  { intervalMs, onChange }: { intervalMs: number; onChange: () => void },
): FileWatch {
  let known: string | undefined;
  let isStopped = false;
  const look = async () => {
    const hash = await hashFiles(paths);
    if (isStopped) return;
    if (known !== undefined && hash !== known) onChange();
    known = hash;
    timer = setTimeout(look, intervalMs).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  void look();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** A file that cannot be read counts as empty: whoever reads it next says what is wrong. */
async function hashFiles(paths: readonly string[]): Promise<string> {
  const contents = await Promise.all(paths.map((path) => readFile(path).catch(() => '')));
  const hash = createHash('sha256');
  for (const content of contents) hash.update(createHash('sha256').update(content).digest());
  return hash.digest('hex');
}
