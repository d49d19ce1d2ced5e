import type { ForwardOptions } from '../call/exchange.ts';
import type { EndStatus, Metadata } from '../call/status.ts';

/** What a call asks of an upstream. */
export interface UpstreamRequest {
  /** `/package.Service/Method`. */
  readonly path: string;
  /** As the client sent it; {@link ForwardOptions} say what becomes of it. */
  readonly metadata: Metadata;
  readonly options: ForwardOptions;
  /** When the client stops waiting: milliseconds of `performance.now()`. */
  readonly deadline?: number;
}

/** Who gets the answer of an upstream. Nothing here throws. */
export interface UpstreamReceiver {
  /** Initial metadata; before any data, at most once, not at all when the upstream only sent a status. */
  onHeaders(metadata: Metadata): void;
  /** Bytes of the answer in gRPC framing. A few may still come after {@link UpstreamCall.pause}. */
  onData(chunk: Uint8Array): void;
  /** The end, after all data, exactly once, and nothing after it. */
  onEnd(status: EndStatus): void;
  /** {@link UpstreamCall.write} may go on. */
  onDrain(): void;
}

/** One call at an upstream. Nothing here throws, and nothing does anything after the end. */
export interface UpstreamCall {
  /**
   * Sends bytes of the request, in gRPC framing.
   * @returns false when the next ones should wait for {@link UpstreamReceiver.onDrain}
   */
  write(chunk: Uint8Array): boolean;
  /** The request is complete. */
  finish(): void;
  /** Holds the answer back, down to the sender. */
  pause(): void;
  resume(): void;
  /** Gives the call up; the receiver hears nothing more. */
  cancel(): void;
  /** Bytes that wait here, in both directions; none unless told. */
  readonly heldBytes?: number;
}

/** What serves the calls: a gRPC service, later an HTTP or JSON-RPC one, or a process. */
export interface Upstream {
  /** Starts a call. Failures come as {@link UpstreamReceiver.onEnd}, also before this returns. */
  open(request: UpstreamRequest, receiver: UpstreamReceiver): UpstreamCall;
  /** Closes the connections; calls that still run end with a failure. Close the listener first. */
  close(): Promise<void>;
}
