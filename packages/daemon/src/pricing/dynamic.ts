import { fromBinary, fromJson } from '@bufbuild/protobuf';
import { PriceInCogsSchema } from '@snetkit/protos/pricing';
import type { CallHead } from '../call/exchange.ts';
import type { PricedCall } from '../call/handle-call.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type EndStatus, statusCode } from '../call/status.ts';
import { askOnce } from '../upstreams/ask-once.ts';
import { causeText } from '../upstreams/cause-text.ts';
import { readExactJson } from '../upstreams/exact-json.ts';
import { fitJson } from '../upstreams/fit-json.ts';
import { isJsonRequest } from '../upstreams/is-json-request.ts';
import type { Upstream, UpstreamRequest } from '../upstreams/upstream.ts';
import type { PriceMethods } from './list-price-methods.ts';
import type { Pricing } from './pricing.ts';

/** What dynamic prices come from. */
export interface DynamicPricingOptions {
  /** For methods that name no other method. */
  readonly fallback: Pricing;
  readonly priceMethods: PriceMethods;
  /** The service, over the same connections as calls. */
  readonly upstream: Upstream;
  /** `encoding` of the service metadata. */
  readonly encoding: 'proto' | 'json';
  /** Metadata that the service must not see. */
  readonly drop: ReadonlySet<string>;
  /** Milliseconds until the service must have named a price. */
  readonly timeoutMs: number;
  /** Milliseconds that a client without a deadline may take for its first message. */
  readonly messageTimeoutMs: number;
}

/**
 * Prices that the service tells, call by call: the method that the protos name is asked with the
 * message and the metadata of the call (daemon.md 8.1). Nothing is reserved by then, so a call whose
 * price cannot be had is refused without a trace.
 */
export function createDynamicPricing(options: DynamicPricingOptions): Pricing {
  const { fallback, priceMethods, messageTimeoutMs } = options;
  return {
    name: 'dynamic',
    async getPrice(call) {
      const priceMethod = priceMethods.get(call.head.path);
      if (priceMethod === undefined) return fallback.getPrice(call);
      const message = await readFirst(call, messageTimeoutMs);
      return ask(call, priceMethod, message, options);
    },
  };
}

/** Compressed answers would only have to be undone; who pays is not known yet, whatever the client says. */
const dropped = ['grpc-accept-encoding', 'snet-user-address'];

/** A price takes a dozen bytes. */
const maxPriceBytes = 1024;

async function readFirst(call: PricedCall, timeoutMs: number): Promise<Uint8Array> {
  const { promise: late, resolve } = Promise.withResolvers<EndStatus>();
  const timer = setTimeout(() => resolve(expired), timeoutMs);
  const first = await Promise.race([call.readFirst(), late]);
  clearTimeout(timer);
  if (first === 'left') throw new PaymentRefusal(statusCode.cancelled, 'the client left');
  if (first instanceof Uint8Array) return first;
  throw new PaymentRefusal(first.code, first.message);
}

async function ask(
  { head, left }: PricedCall,
  path: string,
  message: Uint8Array,
  { upstream, drop, timeoutMs, encoding }: DynamicPricingOptions,
): Promise<bigint> {
  const latest = performance.now() + timeoutMs;
  const request: UpstreamRequest = {
    path,
    metadata: head.metadata,
    options: { set: {}, drop: new Set([...drop, ...dropped]) },
    deadline: Math.min(head.deadline ?? latest, latest),
  };
  const signal = AbortSignal.any([left, AbortSignal.timeout(timeoutMs)]);
  const { status, frame } = await askOnce(upstream, request, message, {
    signal,
    maxBytes: maxPriceBytes,
  });
  if (status.code !== statusCode.ok) throw refuse(head, status.code, status.message);
  if (frame === undefined) throw refuse(head, statusCode.internal, 'the service named none');
  try {
    return readPrice(frame, isJsonRequest(request, encoding));
  } catch (cause) {
    throw refuse(head, statusCode.internal, causeText(cause));
  }
}

function readPrice(frame: Buffer, isJson: boolean): bigint {
  if (frame[0] !== 0) throw new TypeError('the answer is compressed');
  const message = frame.subarray(5);
  if (!isJson) return fromBinary(PriceInCogsSchema, message).price;
  const json = fitJson(PriceInCogsSchema, readExactJson(message.toString('utf8')));
  const options = { ignoreUnknownFields: true };
  return fromJson(PriceInCogsSchema, json as Parameters<typeof fromJson>[1], options).price;
}

const expired: EndStatus = {
  code: statusCode.deadlineExceeded,
  message: 'context deadline exceeded',
};

/** Codes that tell payers something about their payment, or that do not fit a refusal. */
const reserved: ReadonlySet<number> = new Set([
  statusCode.ok,
  statusCode.failedPrecondition,
  statusCode.unauthenticated,
  statusCode.incorrectNonce,
]);

function refuse({ path }: CallHead, code: number, text: string): PaymentRefusal {
  return new PaymentRefusal(
    reserved.has(code) ? statusCode.internal : code,
    `internal error: the price of ${path} cannot be had: ${text}`,
  );
}
