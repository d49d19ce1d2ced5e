import { randomBytes } from 'node:crypto';
import type { Metadata } from '../../call/status.ts';

/** Header by which a client names its request, and hears how it was named. */
export const requestIdHeader = 'x-request-id';

/** The request id that a client gave, if it is one: at most 128 letters, digits and `._:-`. */
export function readRequestId(metadata: Metadata): string | undefined {
  const given = metadata[requestIdHeader];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : undefined;
}

/** Makes ids that no other process makes, and that say in which order requests came. */
export function createRequestIds(): () => string {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return `${process}-${count.toString(36)}`;
  };
}
