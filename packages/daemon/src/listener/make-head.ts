import type { CallHead, Peer } from '../call/exchange.ts';
import type { Metadata } from '../call/status.ts';
import { parseGrpcTimeout } from '../wire/grpc-timeout.ts';

/** The head of a call, its deadline on this process's clock. */
export function makeHead(options: {
  path: string;
  metadata: Metadata;
  peer: Peer;
  /** The field `grpc-timeout`, checked by {@link checkTimeout}. */
  timeout: string | string[] | undefined;
}): CallHead {
  const { path, metadata, peer, timeout } = options;
  if (typeof timeout !== 'string') return { path, metadata, peer };
  return { path, metadata, peer, deadline: performance.now() + (parseGrpcTimeout(timeout) ?? 0) };
}
