import type { EndStatus } from '../../call/status.ts';
import { createHistogram, type Histogram, observe } from './histogram.ts';

/** What is counted of one method. */
export interface MethodCounters {
  /** Calls that are over, by {@link codeLabel}. */
  readonly codes: Record<string, number>;
  readonly latency: Histogram;
}

/** What is counted of one way to pay. */
export interface PaymentCounters {
  /** Calls that were charged, refused before anything was reserved, and admitted but not charged. */
  charged: number;
  refused: number;
  uncharged: number;
  /** Cogs of the calls that were charged. */
  cogs: bigint;
}

/** What is counted of calls beyond their number. */
export interface CallCounters {
  readonly methods: Map<string, MethodCounters>;
  /** By the name of the payment type. */
  readonly payments: Record<string, PaymentCounters>;
}

/** Counters at zero. */
export function createCallCounters(): CallCounters {
  return { methods: new Map(), payments: {} };
}

/** Most methods that are told apart: whoever makes names up must not fill the memory. */
export const maxMethods = 200;
/** Stands for all methods that are not told apart. */
const otherMethods = 'other';

/** Which methods are told apart, whatever clients call. */
export interface MethodNames {
  /** Whether the published protos have it; undefined where nobody knows. */
  readonly isPublished: ((path: string) => boolean) | undefined;
}

/** Counts a call that is over. Without protos a method has a name of its own as soon as the service knew it. */
export function countEnd(
  { methods }: CallCounters,
  call: { path: string; end: EndStatus | 'left'; ms: number },
  { isPublished }: MethodNames,
): void {
  const { path, end, ms } = call;
  let method = methods.get(path);
  if (method === undefined) {
    const isKnown = isPublished?.(path) ?? (end !== 'left' && end.code === 0);
    const name = isKnown && methods.size < maxMethods ? path : otherMethods;
    method = methods.get(name) ?? { codes: {}, latency: createHistogram() };
    methods.set(name, method);
  }
  const code = codeLabel(end);
  method.codes[code] = (method.codes[code] ?? 0) + 1;
  observe(method.latency, ms);
}

/** The counters of one way to pay. */
export function paymentsOf({ payments }: CallCounters, kind: string): PaymentCounters {
  payments[kind] ??= { charged: 0, refused: 0, uncharged: 0, cogs: 0n };
  return payments[kind];
}

/** `0` to `16`, `1000`, `left` where the client went first, `other` for what services make up. */
export function codeLabel(end: EndStatus | 'left'): string {
  if (end === 'left') return end;
  return (end.code >= 0 && end.code <= 16) || end.code === 1_000 ? `${end.code}` : 'other';
}
