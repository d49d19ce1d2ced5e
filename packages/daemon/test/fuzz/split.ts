/** Cuts bytes into the pieces in which a network might bring them; empty ones are among them. */
export function split(bytes: Uint8Array, cuts: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const length of cuts) {
    if (at >= bytes.length) break;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  pieces.push(bytes.subarray(at));
  return pieces;
}

/** How many bytes at the beginning of an input say how the rest is cut. */
export const cutBytes = 4;
