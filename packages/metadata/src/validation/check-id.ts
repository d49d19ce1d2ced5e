import { BaseError, encodeId } from '@snetkit/core';
import type { Report } from './report.ts';

/** An id has at most 32 bytes. */
export function checkId(
  id: string | undefined,
  what: string,
  report: Report,
  at: readonly string[] = [],
): void {
  if (id === undefined) return;
  try {
    encodeId(id);
  } catch (error) {
    const { expected } = BaseError.from(error);
    const message = `${what} does not fit into the registry.`;
    report.add({ code: 'ID_INVALID', at, breaks: ['calls'], message, expected, found: id });
  }
}
