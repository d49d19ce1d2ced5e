import { BaseError, redact } from '@snetkit/core';

/** The error object of a JSON-RPC answer. */
export interface RpcErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The endpoint understood a request and answered with an error. Inside this package only. */
export class RpcRefusal extends BaseError {
  /** Number of the JSON-RPC error. */
  readonly rpcCode: number;
  /** What the endpoint said, without URLs and keys. */
  readonly rpcMessage: string;
  readonly #data: unknown;

  constructor(method: string, error: RpcErrorObject, place?: string) {
    const text = redact(error.message);
    super('RPC_REFUSED', `The chain refused ${method}: ${text || 'no reason given'}.`, {
      place,
      found: `JSON-RPC error ${error.code}`,
    });
    this.rpcCode = error.code;
    this.rpcMessage = text;
    this.#data = error.data;
  }

  /** Output of a reverted call, when there is one. */
  get data(): unknown {
    return this.#data;
  }
}
