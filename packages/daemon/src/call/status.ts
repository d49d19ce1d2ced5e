/** gRPC status codes that the daemon itself answers with, and the protocol's own 1000 (daemon.md, conventions). */
export const statusCode = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
  incorrectNonce: 1000,
} as const;

/** Header fields as they stand on the wire: lower-case names, `-bin` values still base64 text. */
export type Metadata = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How a call ends: gRPC status code, text (not percent-encoded) and the trailers that go with it. */
export interface EndStatus {
  readonly code: number;
  readonly message: string;
  /** Other trailing metadata, without `grpc-status` and `grpc-message`. */
  readonly trailers?: Metadata;
  /**
   * Set when the client brought this end about, whatever its code: it sent what it may not send, or
   * let the time run out. Whoever does that keeps what he has got, and pays for it.
   */
  readonly isClients?: true;
}

/** The end of a call that went well. */
export const okStatus: EndStatus = { code: statusCode.ok, message: '' };
