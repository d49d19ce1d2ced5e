import { readSingle } from './read-single.ts';
import type { UpstreamRequest } from './upstream.ts';

const names = ['traceparent', 'tracestate', 'x-request-id'];

/**
 * What an HTTP service gets to see of the metadata: who pays, and what ties traces together. The rest
 * stays here (daemon.md 7.4).
 */
export function forwardedHeaders({ metadata, options }: UpstreamRequest): Record<string, string> {
  const fields = { ...options.set };
  delete fields['snet-daemon-debug'];
  for (const name of names) {
    const value = options.set[name] ?? readSingle(metadata[name]);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
