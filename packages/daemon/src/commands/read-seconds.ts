import { UsageError } from './usage-error.ts';

/**
 * An option that is a number of seconds, as milliseconds.
 *
 * @throws UsageError
 */
export function readSeconds(
  value: string | boolean | undefined,
  { name, fallback }: { name: string; fallback: number },
): number {
  if (typeof value !== 'string') return fallback * 1_000;
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(seconds)) throw new UsageError(`${name} takes a number of seconds.`);
  return seconds * 1_000;
}
