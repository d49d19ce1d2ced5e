/** What a client meant to do with the answer. */
export type Manner =
  /** Reads to the end. */
  | 'read'
  /** Leaves as soon as the first byte is there. */
  | 'leaveAfterFirst'
  /** Leaves after a while; the service holds its answer until then. */
  | 'leaveHeld'
  /** Leaves at any moment. */
  | 'leaveSometime';

/** One sending of one payment, and all that came back. */
export interface Attempt {
  /** Number of the attempt, as the service sees it. */
  readonly id: string;
  readonly replica: string;
  readonly plan: string;
  readonly manner: Manner;
  /** The client keeps its side of the stream open. */
  readonly keepsOpen: boolean;
  /** Milliseconds since the start of the run. */
  readonly sentAt: number;
  readonly endedAt: number;
  /** A byte of a response message came. */
  readonly first: boolean;
  /** gRPC status; undefined when none came. */
  readonly status: number | undefined;
  readonly message: string;
  /** The client left by itself before a status came. */
  readonly left: boolean;
  /** Never went out: there was no connection. */
  readonly unsent: boolean;
}
