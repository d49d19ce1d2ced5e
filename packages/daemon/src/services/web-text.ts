import { Code, ConnectError } from '@connectrpc/connect';
import type { UniversalServerRequest, UniversalServerResponse } from '@connectrpc/connect/protocol';
import { Base64Chunks } from '../wire/base64-chunks.ts';

/** A request of gRPC-web text as one of binary gRPC-web. */
export function toBinaryRequest(request: UniversalServerRequest): UniversalServerRequest {
  const header = new Headers(request.header);
  const contentType = header.get('content-type') ?? '';
  header.set(
    'content-type',
    contentType.replace('application/grpc-web-text', 'application/grpc-web'),
  );
  return { ...request, header, body: decode(request.body as AsyncIterable<Uint8Array>) };
}

/** An answer of binary gRPC-web as one of text. */
export function toTextResponse(
  response: UniversalServerResponse,
  contentType: string,
): UniversalServerResponse {
  const header = new Headers(response.header);
  if (header.has('content-type')) header.set('content-type', contentType);
  return { ...response, header, ...(response.body && { body: encode(response.body) }) };
}

async function* decode(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const text = new Base64Chunks();
  for await (const chunk of body) {
    const bytes = text.push(chunk);
    if (bytes === undefined) throw malformed();
    yield bytes;
  }
  if (!text.isWhole) throw malformed();
}

async function* encode(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const { buffer, byteOffset, length } of body) {
    yield Buffer.from(Buffer.from(buffer, byteOffset, length).toString('base64'), 'latin1');
  }
}

function malformed(): ConnectError {
  return new ConnectError('malformed base64 in a request of gRPC-web text', Code.Internal);
}
