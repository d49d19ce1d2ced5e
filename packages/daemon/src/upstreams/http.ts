import type { DescMethod, Registry } from '@bufbuild/protobuf';
import type { JsonValue } from '@snetkit/core';
import { BaseError } from '@snetkit/core';
import { statusCode } from '../call/status.ts';
import type { Config } from '../config/schema.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { bindMethod, type HttpBinding } from './http/bind-method.ts';
import { addToBody, type Credentials, readCredentials } from './http/credentials.ts';
import { type ExpandedRequest, expandBinding } from './http/expand-binding.ts';
import { type HttpRule, readHttpRule } from './http/http-rule.ts';
import { createJsonClient, type JsonClientOptions } from './http/json-client.ts';
import { isRawBody, readRawBody, writeRawBody } from './http/raw-body.ts';
import { isJsonRequest } from './is-json-request.ts';
import { jsonToMessage, messageToJson, notFitting } from './message-json.ts';
import { createMessageUpstream } from './message-upstream.ts';
import { parseClientJson } from './parse-client-json.ts';
import type { ServiceMethods } from './service-methods.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';
import { UpstreamFailure } from './upstream-failure.ts';

/** What makes an HTTP upstream. */
export interface HttpUpstreamOptions extends JsonClientOptions {
  readonly methods: ServiceMethods;
  /** The compiled protos. */
  readonly registry: Registry;
  /** `encoding` of the service metadata. */
  readonly encoding: 'proto' | 'json';
  /** Rules by path that win over those in the protos (`service_http_rules`). */
  readonly rules?: ReadonlyMap<string, HttpRule>;
  /** `service_credentials`. */
  readonly credentials?: Config['service_credentials'];
  readonly serviceTimeoutMs: number;
}

/**
 * Forwards unary calls to an HTTP service as JSON: the protos say how, by `google.api.http` or by the
 * default mapping of the official daemon (daemon.md 7.4).
 *
 * @throws BaseError `CONFIG_VALUE_INVALID` for a mapping that cannot be followed
 */
export function createHttpUpstream(options: HttpUpstreamOptions): Upstream {
  const { methods, registry, encoding, serviceTimeoutMs, maxMessageBytes } = options;
  const credentials = readCredentials(options.credentials ?? []);
  const bindings = bindMethods(options, credentials);
  const client = createJsonClient(options);

  async function answer(
    request: UpstreamRequest,
    message: Buffer,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const method = methods.get(request.path) as DescMethod;
    const isJson = isJsonRequest(request, encoding);
    const json = isJson
      ? parseClientJson(message, readExactJson)
      : messageToJson(method.input, message, registry);
    const { expanded, binding } = choose(method, bindings.get(request.path) ?? [], json);
    const body = encodeBody(method, binding, expanded, credentials);
    const response = await client.send(request, {
      method: expanded.verb,
      path: ({ pathname }) =>
        withQuery(`${trimSlash(pathname)}${expanded.path}`, expanded, credentials),
      headers: {
        ...(body !== undefined && { 'content-type': body.contentType }),
        ...credentials.headers,
      },
      // As it came, where nothing is to be changed in it.
      body: body !== undefined && isJson && isWhole(binding, credentials) ? message : body?.data,
      signal,
    });
    return decodeAnswer({ method, binding, isJson, registry }, response);
  }

  return createMessageUpstream({
    ...{ serviceType: 'http', methods, answer, serviceTimeoutMs, maxMessageBytes },
    close: () => client.close(),
  });
}

function bindMethods(
  { methods, registry, rules }: HttpUpstreamOptions,
  credentials: Credentials,
): ReadonlyMap<string, readonly HttpBinding[]> {
  const bindings = new Map<string, readonly HttpBinding[]>();
  for (const [path, method] of methods) {
    if (method.methodKind !== 'unary') continue;
    const own = rules?.get(path);
    const place =
      own === undefined ? `${path}: option (google.api.http)` : `service_http_rules: ${path}`;
    const bound = bindMethod(method, own ?? readHttpRule(method, registry), place);
    if (Object.keys(credentials.body).length > 0) refuseBodyless(bound, place);
    bindings.set(path, bound);
  }
  return bindings;
}

function refuseBodyless(bound: readonly HttpBinding[], place: string): void {
  const without = bound.find(({ body }) => body === '');
  if (without === undefined) return;
  throw new BaseError(
    'CONFIG_VALUE_INVALID',
    'A credential has no place in a request without a body.',
    {
      place: 'service_credentials',
      expected: 'location header or query',
      found: `location body, and ${place} sends ${without.verb} without a body`,
      hint: 'Give the credential another location, or the method a body.',
    },
  );
}

function choose(method: DescMethod, bindings: readonly HttpBinding[], json: JsonValue) {
  for (const binding of bindings) {
    const expanded = expandBinding(binding, method, json);
    if (expanded !== undefined) return { binding, expanded };
  }
  const wanted = bindings.flatMap(({ path }) =>
    path.flatMap((part) => (typeof part === 'string' ? [] : [part.field.join('.')])),
  );
  throw new UpstreamFailure(
    statusCode.invalidArgument,
    `the message does not fit the path of ${method.name}: check ${[...new Set(wanted)].join(', ')}`,
  );
}

function encodeBody(
  { input }: DescMethod,
  { body: field }: HttpBinding,
  { body }: ExpandedRequest,
  credentials: Credentials,
): { contentType: string; data: string | Buffer } | undefined {
  if (body === undefined) return undefined;
  if (isRawBody(input, field)) return readRawBody(body);
  const whole = addToBody(body, credentials);
  if (whole !== undefined) return { contentType: 'application/json', data: writeExactJson(whole) };
  throw new UpstreamFailure(
    statusCode.internal,
    'the body is no object, so that the credentials of the service have no place in it',
  );
}

/** Whether the body is the message, nothing taken away and nothing added. */
function isWhole({ body, path }: HttpBinding, credentials: Credentials): boolean {
  const isPlain = path.every((part) => typeof part === 'string');
  return body === '*' && isPlain && Object.keys(credentials.body).length === 0;
}

function decodeAnswer(
  call: { method: DescMethod; binding: HttpBinding; isJson: boolean; registry: Registry },
  { body, contentType }: { body: Buffer; contentType: string },
): Uint8Array {
  const { method, binding, isJson, registry } = call;
  const { output } = method;
  const field = binding.responseBody;
  if (isJson && field === '' && !isRawBody(output, field)) return body;
  let json: JsonValue;
  if (isRawBody(output, field)) json = writeRawBody({ contentType, data: body });
  else {
    try {
      json = body.length === 0 ? {} : readExactJson(body.toString('utf8'));
    } catch (cause) {
      throw notFitting(output, cause);
    }
  }
  const whole = field === '' ? json : { [field]: json };
  return isJson ? Buffer.from(writeExactJson(whole)) : jsonToMessage(output, whole, registry);
}

function withQuery(path: string, { query }: ExpandedRequest, credentials: Credentials): string {
  const all = [...query, ...credentials.query];
  return all.length === 0 ? path : `${path}?${all.join('&')}`;
}

function trimSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
