import { randomInt } from 'node:crypto';
import type { Registry } from '@bufbuild/protobuf';
import { statusCode } from '../call/status.ts';
import { causeText } from './cause-text.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { createJsonClient, type JsonClientOptions } from './http/json-client.ts';
import { isJsonRequest } from './is-json-request.ts';
import { sliceMembers } from './json-rpc/slice-members.ts';
import { jsonToMessage, messageToJson } from './message-json.ts';
import { createMessageUpstream } from './message-upstream.ts';
import { parseClientJson } from './parse-client-json.ts';
import type { ServiceMethods } from './service-methods.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';
import { UpstreamFailure } from './upstream-failure.ts';

/** What makes a JSON-RPC upstream. */
export interface JsonRpcUpstreamOptions extends JsonClientOptions {
  /** Undefined when the protos do not compile: then messages are JSON, and any method goes. */
  readonly protos: { readonly methods: ServiceMethods; readonly registry: Registry } | undefined;
  /** `encoding` of the service metadata. */
  readonly encoding: 'proto' | 'json';
  readonly serviceTimeoutMs: number;
}

/**
 * Forwards unary calls to a JSON-RPC 2.0 service: a POST with the short name of the method, the
 * message as `params`, and the `result` as the answer (daemon.md 7.4). JSON passes digit by digit.
 */
export function createJsonRpcUpstream(options: JsonRpcUpstreamOptions): Upstream {
  const { protos, encoding, serviceTimeoutMs, maxMessageBytes } = options;
  const client = createJsonClient(options);

  async function answer(
    request: UpstreamRequest,
    message: Buffer,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const method = protos?.methods.get(request.path);
    const isJson = protos === undefined || method === undefined || isJsonRequest(request, encoding);
    const params = isJson
      ? parseClientJson(message, checkJson)
      : writeExactJson(messageToJson(method.input, message, protos.registry));
    // Servers whose numbers are doubles give it back unchanged.
    const id = randomInt(2 ** 48 - 1);
    const name = JSON.stringify(request.path.slice(request.path.lastIndexOf('/') + 1));
    const response = await client.send(request, {
      method: 'POST',
      path: ({ pathname, search }) => `${pathname}${search}`,
      headers: { 'content-type': 'application/json' },
      body: `{"jsonrpc":"2.0","method":${name},"params":${params},"id":${id}}`,
      signal,
    });
    const result = readResult(response.body.toString('utf8'), id);
    if (isJson) return Buffer.from(result);
    return jsonToMessage(method.output, readExactJson(result), protos.registry);
  }

  return createMessageUpstream({
    ...{ serviceType: 'jsonrpc', methods: protos?.methods, answer },
    ...{ serviceTimeoutMs, maxMessageBytes },
    close: () => client.close(),
  });
}

function checkJson(text: string): string {
  JSON.parse(text);
  return text;
}

/** The text of `result`; texts of errors as the official daemon has them. */
function readResult(text: string, id: number): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw refuse(causeText(cause));
  }
  const members = sliceMembers(text);
  if (members === undefined) throw refuse('the answer is no object');
  const { error, id: answered } = answer as { error?: unknown; id?: unknown };
  if (error !== undefined && error !== null) throw refuse(messageOf(error));
  const result = members.get('result') ?? 'null';
  if (result === 'null') throw refuse('result is null');
  if (String(answered) !== String(id)) throw refuse('the answer is that of another request');
  return result;
}

function messageOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  return (typeof message === 'string' ? message : JSON.stringify(error)).slice(0, 1024);
}

function refuse(text: string): UpstreamFailure {
  return new UpstreamFailure(statusCode.internal, `json-rpc error; error: ${text}`);
}
