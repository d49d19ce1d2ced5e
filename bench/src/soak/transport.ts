import type { OutgoingHttpHeaders } from 'node:http';
import type { CallPlan } from './call-plan.ts';

/** What a client sees of a call. */
export interface Outcome {
  /** Messages of the answer that came whole. */
  readonly messages: number;
  /** gRPC status; undefined when none came. */
  readonly status: number | undefined;
  readonly text: string;
}

/** One client's way to a daemon: it has at most one connection, and makes it anew when it is gone. */
export interface Transport {
  call(plan: CallPlan, headers: OutgoingHttpHeaders): Promise<Outcome>;
  /** Ends the connection in good manners. */
  reconnect(): void;
  close(): void;
}

/** No call of the run takes longer, unless something is wrong: milliseconds. */
export const patienceMs = 30_000;

/** Path of every call. */
export const callPath = '/text.v1.TextService/Detect';

/** A request message: 64 bytes with its prefix. */
export const requestFrame = Buffer.concat([Buffer.from([0, 0, 0, 0, 59]), Buffer.alloc(59)]);

/** Counts whole messages in bytes as they come. */
export function createMessageCounter(): { push(chunk: Uint8Array): void; readonly count: number } {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  return {
    push(chunk) {
      rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      while (rest.length >= 5) {
        const end = 5 + rest.readUInt32BE(1);
        if (rest.length < end) return;
        // The last frame of gRPC-web are the trailers.
        if (((rest[0] ?? 0) & 0x80) === 0) count += 1;
        rest = rest.subarray(end);
      }
    },
    get count() {
      return count;
    },
  };
}
