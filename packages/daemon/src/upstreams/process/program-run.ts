import type { EndStatus } from '../../call/status.ts';
import type { FoundMethod } from '../find-service-method.ts';
import type { UpstreamRequest } from '../upstream.ts';

/** What a program is to do. */
export interface ProgramTask {
  readonly request: UpstreamRequest;
  readonly method: FoundMethod;
}

/** Who hears of a program that works on a call. Nothing is told before the run has been returned. */
export interface ProgramEvents {
  /** Bytes of the answer, in gRPC framing. */
  onData(chunk: Uint8Array): void;
  /** {@link ProgramRun.write} may go on. */
  onDrain(): void;
  /** The answer is over; at most once, and not after {@link ProgramRun.kill}. */
  onEnd(status: EndStatus): void;
  /** Nothing works on the call any more; exactly once. */
  onGone(): void;
}

/** A program that works on one call. */
export interface ProgramRun {
  /** @returns false when the next bytes should wait */
  write(bytes: Uint8Array): boolean;
  /** The request is whole. */
  end(): void;
  /** Holds the answer back. */
  pause(): void;
  resume(): void;
  /** Gives the call up; nothing is told any more but that it is gone. */
  kill(): void;
}

/** Puts a program to a task. */
export type StartRun = (task: ProgramTask, events: ProgramEvents) => ProgramRun;

/** Whether the answer of a method is a stream. */
export function givesStream({ kind }: FoundMethod): boolean {
  return kind === 'server_streaming' || kind === 'bidi_streaming';
}
