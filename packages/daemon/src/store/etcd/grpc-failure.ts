/** How a request ended that got no answer: with a status of the peer, or with its stream. */
export class GrpcFailure extends Error {
  override readonly name = 'GrpcFailure';
  /** gRPC status of the peer; `undefined` when it gave none. */
  readonly status: number | undefined;
  /** The peer never looked at the request. */
  readonly isUnseen: boolean;

  constructor(
    text: string,
    options: { status?: number; isUnseen?: boolean; cause?: unknown } = {},
  ) {
    const { status, isUnseen = false, cause } = options;
    super(text, cause === undefined ? undefined : { cause });
    this.status = status;
    this.isUnseen = isUnseen;
  }
}
