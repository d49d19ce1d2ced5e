import { type ClientRequest, Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { statusCode } from '../../call/status.ts';
import type { Backend, Backends } from '../backends.ts';
import { causeText } from '../cause-text.ts';
import { daemonError, helpUrl } from '../help-url.ts';
import { UpstreamFailure } from '../upstream-failure.ts';

/** One request, for whichever backend gets it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query for a backend. */
  readonly path: (endpoint: URL) => string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
}

/** A whole answer. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Sends requests over pooled connections to whichever backend has its turn. */
export interface HttpClient {
  /**
   * @throws UpstreamFailure 13 when no backend can be reached, or the one that was is lost; 8 when its
   *   answer is too large
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** What makes an {@link HttpClient}. */
export interface HttpClientOptions {
  readonly backends: Backends;
  /** PEM certificates to trust instead of the system's roots, certificate of this side, and its key. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly connectTimeoutMs?: number;
  /** Largest body of an answer. */
  readonly maxResponseBytes: number;
}

/** Makes one. Redirections are not followed: credentials would follow them. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { backends, ca, cert, key, connectTimeoutMs = 5000, maxResponseBytes } = options;
  const agents = {
    'http:': new HttpAgent(pooling),
    'https:': new HttpsAgent({
      ...pooling,
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    }),
  };

  function sendTo({ url }: Backend, request: HttpRequest): Promise<HttpResponse> {
    const isTls = url.protocol === 'https:';
    const sending = (isTls ? requestHttps : requestHttp)({
      agent: agents[isTls ? 'https:' : 'http:'],
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      ...(url.port !== '' && { port: url.port }),
      ...(url.username !== '' && {
        auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
      }),
      method: request.method,
      path: request.path(url),
      headers: request.headers,
      signal: request.signal,
    });
    const exchange = receive(sending, {
      isTls,
      connectTimeoutMs,
      maxResponseBytes,
      host: url.host,
    });
    sending.end(request.body);
    return exchange;
  }

  return {
    async send(request) {
      const tried = new Set<Backend>();
      let unsent: UnsentFailure | undefined;
      for (let backend = backends.pick(); backend !== undefined; backend = backends.pick(tried)) {
        try {
          return await sendTo(backend, request);
        } catch (cause) {
          if (!(cause instanceof UnsentFailure)) throw cause;
          // Nothing has left this process: another one may have the request.
          unsent = cause;
          backends.failed(backend, cause.cause);
          tried.add(backend);
        }
      }
      throw unsent ?? new UnsentFailure(undefined);
    },
    async close() {
      backends.close();
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

const pooling = {
  keepAlive: true,
  maxFreeSockets: 256,
  // Shorter than servers wait that do not tell how long: a request on a connection that is just being
  // closed is lost, and must not be sent again.
  timeout: 1500,
};

/** No connection was made. */
class UnsentFailure extends UpstreamFailure {
  constructor(cause: unknown) {
    super(
      statusCode.internal,
      `can't connect to service ${causeText(cause)}${helpUrl(daemonError.serviceUnavailable)}`,
      { cause },
    );
  }
}

interface ReceiveOptions {
  readonly isTls: boolean;
  readonly connectTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly host: string;
}

function receive(
  sending: ClientRequest,
  { isTls, connectTimeoutMs, maxResponseBytes, host }: ReceiveOptions,
): Promise<HttpResponse> {
  let isConnected = false;
  const deadline = setTimeout(() => {
    sending.destroy(new TypeError(`no connection with ${host} within ${connectTimeoutMs} ms`));
  }, connectTimeoutMs);
  const onConnected = () => {
    isConnected = true;
    clearTimeout(deadline);
  };
  sending.once('socket', (socket: Socket) => {
    if (sending.reusedSocket) onConnected();
    else socket.once(isTls ? 'secureConnect' : 'connect', onConnected);
  });
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      clearTimeout(deadline);
      if (!isConnected) return reject(new UnsentFailure(cause));
      const text = `error executing HTTP call; error: ${causeText(cause)}`;
      const message = `${text}${helpUrl(daemonError.serviceUnavailable)}`;
      reject(new UpstreamFailure(statusCode.internal, message, { cause }));
    };
    sending.once('error', fail);
    sending.once('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= maxResponseBytes) return;
        reject(
          new UpstreamFailure(
            statusCode.resourceExhausted,
            `the service answered with a body of more than ${maxResponseBytes} bytes`,
          ),
        );
        sending.destroy();
      });
      response.once('error', fail);
      response.once('end', () => {
        const contentType = response.headers['content-type'] ?? '';
        resolve({
          status: response.statusCode ?? 0,
          contentType,
          body: Buffer.concat(chunks, length),
        });
      });
    });
  });
}
