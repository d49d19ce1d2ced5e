import type { JsonObject } from '@snetkit/core';
import type { Shape } from './gateway-transport.ts';

/** A kind of service behind a daemon: a column of the table of calls. */
export interface GatewayBackend {
  /** `service_type` of the metadata. */
  readonly name: 'grpc' | 'http' | 'jsonrpc' | 'process';
  /** Shapes that such a service can have; others are refused. */
  readonly shapes: readonly Shape[];
  /** Starts the echo service. */
  start(): Promise<StartedBackend>;
}

/** A service that runs. */
export interface StartedBackend {
  /** What a daemon has to be told to find it. */
  readonly daemonConfig: JsonObject;
  /** Resolves when the next call of `Hang` has arrived; `gone` when it was given up. */
  nextHang(): Promise<{ readonly gone: Promise<unknown> }>;
  /** All that has been heard of calls so far: header fields, arguments. */
  readonly heard: readonly string[];
  stop(): Promise<void>;
}
