import { fromBinary, fromJson, type JsonValue, toBinary, toJson } from '@bufbuild/protobuf';
import { compileProtos, findMethod } from '@snetkit/protos';
import type { Metadata } from '../../src/call/status.ts';
import { askOnce } from '../../src/upstreams/ask-once.ts';
import type { Upstream } from '../../src/upstreams/upstream.ts';
import { encodeMessage } from '../transport/messages.ts';

/** What a call of an upstream came to. */
export interface UpstreamAnswer {
  /** `0` or `<code> <text>`. */
  readonly status: string;
  readonly bytes: Buffer | undefined;
}

/** Calls an upstream with bytes, as the path of a call does. */
export async function askUpstream(
  upstream: Upstream,
  path: string,
  message: Uint8Array,
  options: {
    metadata?: Metadata;
    set?: Record<string, string>;
    signal?: AbortSignal;
    /** The message stands in its frame already. */
    isFramed?: boolean;
  } = {},
): Promise<UpstreamAnswer> {
  const { metadata = {}, set = {}, signal = new AbortController().signal } = options;
  const request = { path, metadata, options: { set, drop: new Set<string>() } };
  const limits = { signal, maxBytes: 64 * 2 ** 20 };
  const { status, frame } = await askOnce(
    upstream,
    request,
    options.isFramed ? Buffer.from(message) : encodeMessage(message),
    limits,
  );
  return {
    status: status.code === 0 ? '0' : `${status.code} ${status.message}`,
    bytes: frame?.subarray(5),
  };
}

/** Calls it with a message written as JSON; the answer is JSON, too. */
export async function askInJson(
  upstream: Upstream,
  protos: ReadonlyMap<string, string>,
  path: string,
  message: JsonValue,
): Promise<{ status: string; answer?: JsonValue }> {
  const method = findMethod(compileProtos(protos), path);
  const bytes = toBinary(method.input, fromJson(method.input, message));
  const { status, bytes: answer } = await askUpstream(upstream, path, bytes);
  if (answer === undefined) return { status };
  return { status, answer: toJson(method.output, fromBinary(method.output, answer)) };
}
