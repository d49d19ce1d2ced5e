import type { JsonObject } from '@snetkit/core';

/** The four shapes of a method. */
export type Shape = 'unary' | 'server' | 'client' | 'bidi';

/** How clients reach a daemon: a row of the table of calls. */
export interface GatewayTransport {
  readonly name: string;
  /** Shapes that clients of this kind can call. */
  readonly shapes: readonly Shape[];
  /** What a daemon has to be told so that it can be reached like this. */
  readonly daemonConfig: JsonObject;
  /** @param endpoint as it is published, without TLS */
  connect(endpoint: string): Promise<GatewayClient>;
}

/** A client with its connection. */
export interface GatewayClient extends AsyncDisposable {
  call(path: string, headers: Readonly<Record<string, string>>): GatewayCall;
}

/** Header fields as they stand on the wire. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One message as it stands on the wire. */
export interface WireMessage {
  /** First byte of its frame. */
  readonly flags: number;
  readonly isCompressed: boolean;
  readonly bytes: Buffer;
}

/** One call. */
export interface GatewayCall {
  /** Sends a message; resolves when more may be sent. */
  send(bytes: Uint8Array, options?: { isCompressed?: boolean }): Promise<void>;
  /** The request is whole. */
  end(): void;
  cancel(): void;
  /** Initial metadata; never when the call ended without. */
  readonly headers: Promise<Fields>;
  /** The next message of the answer; undefined at its end. */
  next(): Promise<WireMessage | undefined>;
  /** The status, with the fields around it. */
  readonly ended: Promise<{
    readonly status: number | undefined;
    readonly message: string;
    readonly fields: Fields;
  }>;
}
