import type { UpstreamRequest } from './upstream.ts';

/** Whether the messages of a call are JSON text: all of a service that says so, or those of one call. */
export function isJsonRequest({ metadata }: UpstreamRequest, encoding: 'proto' | 'json'): boolean {
  return encoding === 'json' || metadata['content-type'] === 'application/grpc+json';
}
