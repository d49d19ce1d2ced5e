/** One thing that the service does in a call. */
export type Step =
  | { readonly kind: 'message' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hold' }
  | { readonly kind: 'gate' }
  | { readonly kind: 'die' }
  | { readonly kind: 'end'; readonly code: number };

/**
 * Reads a plan: `m` message, `w20` wait 20 ms, `h` hold until the caller leaves, `g` wait
 * while the gate is shut, `d` cut the
 * connection, `e0` end with status 0. Commas between.
 */
export function parsePlan(text: string): readonly Step[] {
  return text.split(',').map((part): Step => {
    const number = Number(part.slice(1));
    if (part === 'm') return { kind: 'message' };
    if (part.startsWith('w')) return { kind: 'wait', ms: number };
    if (part === 'h') return { kind: 'hold' };
    if (part === 'g') return { kind: 'gate' };
    if (part === 'd') return { kind: 'die' };
    return { kind: 'end', code: number };
  });
}
