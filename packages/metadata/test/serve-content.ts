import type { IncomingMessage } from 'node:http';
import type { Answer } from './start-server.ts';

/** Which content a request asks for, in any of the ways that sources ask. */
export function askedCid({ url = '/' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://store');
  return searchParams.get('arg') ?? pathname.split('/')[2] ?? '';
}

/** Serves blocks and files as an honest Kubo node and gateway would. */
export function serveContent(
  blocks: ReadonlyMap<string, Uint8Array>,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Answer {
  return (response, request) => {
    const cid = askedCid(request);
    const whole = request.method === 'GET' && !(request.url ?? '').includes('format=raw');
    const found = whole ? files.get(cid) : blocks.get(cid);
    if (found === undefined) response.writeHead(404).end('not found');
    else response.end(found);
  };
}
