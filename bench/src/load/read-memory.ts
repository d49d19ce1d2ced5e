import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, pages of files among them; `undefined` where the system does not tell. */
export function readMemory(pid: number): number | undefined {
  try {
    const [, kibibytes] =
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
