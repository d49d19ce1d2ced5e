import { once } from 'node:events';
import { Agent, type IncomingMessage, request as requestHttp1 } from 'node:http';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex, Readable, Writable } from 'node:stream';

/** How a call travels. */
export interface WebWay {
  readonly http: '1.1' | '2';
  readonly isText: boolean;
}

/** All four. */
export const webWays: readonly WebWay[] = [
  { http: '1.1', isText: false },
  { http: '1.1', isText: true },
  { http: '2', isText: false },
  { http: '2', isText: true },
];

/** How a call ended for its client. */
export interface WebEnd {
  readonly httpStatus: number;
  readonly headers: IncomingHttpHeaders;
  /** What has not been taken by {@link WebCall.next}. */
  readonly messages: readonly Buffer[];
  /** Lines of the last frame; undefined when there was none. */
  readonly trailers: Readonly<Record<string, string>> | undefined;
}

/** One call in gRPC-web, by hand. */
export interface WebCall {
  /** Sends bytes as they are, base64 included. */
  write(bytes: Uint8Array | string): boolean;
  /** Sends a message in its frame. */
  send(message: Uint8Array | string): boolean;
  end(): void;
  /** Cuts the call off. */
  cut(): void;
  readonly headers: Promise<IncomingHttpHeaders>;
  /** The next message; undefined at the end. */
  next(): Promise<string | undefined>;
  readonly ended: Promise<WebEnd>;
}

/** Starts a call. */
export function startWebCall(
  endpoint: string,
  way: WebWay,
  options: { path?: string; headers?: Record<string, string | string[]> } = {},
): WebCall {
  const { path = '/test.Service/Call' } = options;
  const headers = {
    'content-type': way.isText ? 'application/grpc-web-text+proto' : 'application/grpc-web+proto',
    'x-grpc-web': '1',
    ...options.headers,
  };
  const { request, response, cut } =
    way.http === '1.1' ? open1(endpoint, path, headers) : open2(endpoint, path, headers);
  request.on('error', () => {});
  const frames: Buffer[] = [];
  const waiting: (() => void)[] = [];
  let isOver = false;
  let last: Buffer | undefined;
  const wake = () => {
    for (const waiter of waiting.splice(0)) waiter();
  };
  const ended = (async (): Promise<WebEnd> => {
    const answer = await response;
    let chunks: Buffer[] = [];
    let length = 0;
    let needed = 5;
    let text = '';
    answer.body.on('data', (chunk: Buffer) => {
      if (way.isText) {
        text += chunk.toString('latin1');
        const whole = text.length - (text.length % 4);
        chunks.push(decodePieces(text.slice(0, whole)));
        text = text.slice(whole);
      } else chunks.push(chunk);
      length += (chunks.at(-1) as Buffer).length;
      if (length < needed) return;
      let bytes = Buffer.concat(chunks);
      needed = 5;
      while (bytes.length >= 5) {
        const end = 5 + bytes.readUInt32BE(1);
        needed = end;
        if (bytes.length < end) break;
        const content = bytes.subarray(5, end);
        if (bytes[0] === 0x80) last = content;
        else frames.push(content);
        bytes = bytes.subarray(end);
        needed = 5;
      }
      chunks = [bytes];
      length = bytes.length;
      wake();
    });
    await new Promise((resolve) => answer.body.once('close', resolve));
    isOver = true;
    wake();
    const lines = last?.toString('latin1').trimEnd().split('\r\n');
    const trailers = lines?.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ')] as const;
    });
    return {
      httpStatus: answer.httpStatus,
      headers: answer.headers,
      messages: frames,
      trailers: trailers && Object.fromEntries(trailers),
    };
  })();
  const headersOf = response.then((answer) => answer.headers);
  for (const promise of [ended, headersOf]) promise.catch(() => {});
  const write = (bytes: Uint8Array | string) => request.write(bytes);
  return {
    write,
    send(message) {
      const framed = frameOf(message);
      return write(way.isText ? framed.toString('base64') : framed);
    },
    end: () => void request.end(),
    cut,
    headers: headersOf,
    async next() {
      while (frames.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      return frames.shift()?.toString();
    },
    ended,
  };
}

/** One message in its frame. */
export function frameOf(message: Uint8Array | string): Buffer {
  const bytes = Buffer.from(message as string);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

function decodePieces(text: string): Buffer {
  // Each piece ends where its padding does.
  const groups = text.match(/[^=]+={0,2}/g) ?? [];
  return Buffer.concat(groups.map((group) => Buffer.from(group, 'base64')));
}

interface Opened {
  readonly request: Writable;
  readonly response: Promise<{ httpStatus: number; headers: IncomingHttpHeaders; body: Readable }>;
  cut(): void;
}

function open1(endpoint: string, path: string, headers: Record<string, string | string[]>): Opened {
  const agent = new Agent();
  const url = new URL(path, endpoint);
  const request = requestHttp1(url, { method: 'POST', headers, agent });
  request.flushHeaders();
  request.setNoDelay(true);
  request.once('close', () => agent.destroy());
  const response = once(request, 'response').then(([answer]: IncomingMessage[]) => {
    const body = answer as IncomingMessage;
    return { httpStatus: body.statusCode ?? 0, headers: body.headers, body };
  });
  response.catch(() => {});
  return { request, response, cut: () => void request.destroy() };
}

function open2(endpoint: string, path: string, headers: Record<string, string | string[]>): Opened {
  const session = connect(endpoint);
  session.on('error', () => {});
  const stream: Duplex = session.request({ ':method': 'POST', ':path': path, ...headers });
  stream.once('close', () => session.close());
  const response = once(stream, 'response').then(([fields]: IncomingHttpHeaders[]) => ({
    httpStatus: Number(fields?.[':status']),
    headers: fields ?? {},
    body: stream as Readable,
  }));
  response.catch(() => {});
  return { request: stream, response, cut: () => void stream.destroy() };
}
