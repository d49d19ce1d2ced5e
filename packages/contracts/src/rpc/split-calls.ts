import type { EncodedCall } from './multicall.ts';

/** Most bytes of call data in one request. */
const maxDataBytes = 192 * 1024;

/** Cuts calls into requests of a size that every endpoint takes. Inside this package only. */
export function splitCalls<call extends EncodedCall>(
  calls: readonly call[],
  maxCalls: number,
): readonly (readonly call[])[] {
  const chunks: call[][] = [];
  let bytes = 0;
  for (const call of calls) {
    // Its data, and what the encoding of Multicall3 adds.
    const size = call.data.length / 2 + 192;
    const last = chunks.at(-1);
    if (last !== undefined && last.length < maxCalls && bytes + size <= maxDataBytes) {
      last.push(call);
      bytes += size;
    } else {
      chunks.push([call]);
      bytes = size;
    }
  }
  return chunks;
}
