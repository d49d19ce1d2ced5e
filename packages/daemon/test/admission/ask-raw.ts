import { once } from 'node:events';
import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';

/** Sends one request over a session of its own; header and trailing fields together, and the body. */
export async function askRaw(
  endpoint: string,
  path: string,
  options: { headers?: OutgoingHttpHeaders; body?: Uint8Array | string } = {},
): Promise<{ fields: IncomingHttpHeaders; body: Buffer }> {
  const { headers = {}, body = new Uint8Array(5) } = options;
  const session = connect(endpoint);
  session.on('error', () => {});
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...headers,
  });
  const chunks: Buffer[] = [];
  let fields: IncomingHttpHeaders = {};
  const read = (more: IncomingHttpHeaders) => {
    fields = { ...fields, ...more };
  };
  stream.on('response', read);
  stream.on('trailers', read);
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('error', () => {});
  stream.end(body);
  await once(stream, 'close');
  session.close();
  return { fields, body: Buffer.concat(chunks) };
}
