import type { EndStatus, Metadata } from './status.ts';

/** Where a call came from. */
export interface Peer {
  /** IP address of the other end of the socket. */
  readonly address: string;
}

/** What is known of a call before its first message byte. */
export interface CallHead {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly metadata: Metadata;
  readonly peer: Peer;
  /** When the client stops waiting: milliseconds of `performance.now()`. */
  readonly deadline?: number;
}

/** What the call path tells the upstream beyond the client's own bytes. */
export interface ForwardOptions {
  /** Metadata that replaces what the client sent (for example `snet-user-address`). */
  readonly set: Readonly<Record<string, string>>;
  /** Names of the client's metadata that the upstream must not see. */
  readonly drop: ReadonlySet<string>;
}

/**
 * One call, as the call path and the payments see it: message bytes stay behind it, and so does the
 * protocol that moves them.
 *
 * Order of use: `readFirst` where it is needed, `forward` once, await `response`, then either `release` or `end`; after `release`
 * await `done`, then `end`. `end` without `forward` answers a refused call. `end` after anything
 * else than an OK of the upstream cancels an upstream that still runs. Nothing here throws.
 */
export interface Exchange {
  readonly head: CallHead;
  /**
   * The first message of the request, whole and in its gRPC frame, for prices that depend on it; before
   * {@link Exchange.forward}, which sends it on. An end when there is none or it is too large, `left`
   * when the client went first.
   */
  readFirst(): Promise<Uint8Array | 'left' | EndStatus>;
  /** Starts the upstream; the request flows, the whole response (headers too) stays held. */
  forward(options: ForwardOptions): void;
  /**
   * Resolves with `message` when the first byte of response DATA is in hand, with the upstream's end
   * when it ended before any (OK without a message, or a failure), with `left` when the client went first.
   */
  readonly response: Promise<'message' | 'left' | EndStatus>;
  /**
   * Lets the held response go and the rest follow. `handed`: the transport accepted the bytes;
   * `gone`: the client's stream was closed already and nothing was written.
   */
  release(): 'handed' | 'gone';
  /** After `release`: the upstream's end, with its trailers still held back until `end`; or `left`. */
  readonly done: Promise<'left' | EndStatus>;
  /** Whether the upstream's trailers are in hand already (a unary answer that arrived whole). */
  readonly ended: EndStatus | undefined;
  /** Sends the status and closes the client's side. */
  end(status: EndStatus): void;
  /** Client cancelled, disconnected or timed out. */
  readonly left: AbortSignal;
}
