import { cp, rm } from 'node:fs/promises';

/**
 * Puts the finished output where it belongs and removes everything that was there before, so that
 * a deleted input leaves no file behind and a failed run changes nothing.
 */
export async function replaceFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
}
