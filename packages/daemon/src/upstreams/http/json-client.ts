import { forwardedHeaders } from '../forwarded-headers.ts';
import type { UpstreamRequest } from '../upstream.ts';
import {
  createHttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResponse,
} from './http-client.ts';
import { failureOfStatus } from './http-failure.ts';

/** What makes a {@link JsonClient}. */
export interface JsonClientOptions extends Omit<HttpClientOptions, 'maxResponseBytes'> {
  /** `max_message_size_in_mb`, in bytes. */
  readonly maxMessageBytes: number;
  readonly userAgent: string;
}

/** Asks services whose answers are JSON. */
export interface JsonClient {
  /**
   * Sends a request for a call, with what services are told of each call.
   *
   * @throws UpstreamFailure also when the status of the answer is no success
   */
  send(call: UpstreamRequest, request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Makes one. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  // Base64 and escapes take more room than what they stand for.
  const maxResponseBytes = 2 * options.maxMessageBytes + 65_536;
  const client = createHttpClient({ ...options, maxResponseBytes });
  return {
    async send(call, request) {
      const response = await client.send({
        ...request,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...forwardedHeaders(call),
          ...request.headers,
        },
      });
      if (response.status >= 200 && response.status <= 299) return response;
      throw failureOfStatus(response.status, response.body);
    },
    close: () => client.close(),
  };
}
