import type { DescMethod, DescService, FileRegistry, Message } from '@bufbuild/protobuf';
import { BaseError, type Token } from '@snetkit/core';
import type { ResolvedService, ServiceGroup } from '@snetkit/metadata';
import type { HeldToken, VerifiedState } from '@snetkit/payments';
import { findMethod } from '@snetkit/protos';
import type { CallOptions } from '../calls/call-options.ts';
import { checkMethodKind } from '../calls/check-method-kind.ts';
import { type CallPlace, prepareCall } from '../calls/prepare-call.ts';
import { type PreparedCall, runClientStream, runStream, runUnary } from '../calls/run-call.ts';
import type { PaymentChannel } from '../channels/payment-channel.ts';
import { decodeMessage } from '../messages/decode-message.ts';
import { encodeFields } from '../messages/encode-fields.ts';
import type { Fields, MessageObject } from '../messages/message-object.ts';
import type { MessageCodec } from '../platform/platform.ts';
import { Training, type TrainingPlace } from '../training/training.ts';
import type { ChosenStrategy } from './create-strategy.ts';
import { findPriceMethod } from './find-price-method.ts';
import { getPath, listMethods, type MethodInfo, type MethodKind } from './method-info.ts';
import type { PriceList } from './price-list.ts';
import { createTypedClient, type TypedClient } from './typed-client.ts';

/** The parts of a service client; see `SnetEngine.createServiceClient`. */
export interface ServiceClientParts extends CallPlace {
  readonly service: ResolvedService;
  readonly registry: FileRegistry;
  readonly token: Token;
  readonly endpoints: readonly [string, ...string[]];
  readonly payment: ChosenStrategy;
  /** Signs what is asked for models; they belong to it. */
  readonly training: Pick<TrainingPlace, 'signer' | 'clock' | 'blockSeconds'>;
  /** Channels of the account to the group of the service. */
  listChannels(signal: AbortSignal | undefined): Promise<readonly PaymentChannel[]>;
  askChannelState(channelId: bigint, signal: AbortSignal | undefined): Promise<VerifiedState>;
  /** Of JSON messages; undefined when they are protobuf. */
  readonly codec: MessageCodec | undefined;
  readonly prices: PriceList;
  /** Told when the client is closed. */
  onClose(client: ServiceClient): void;
}

/** The messages of a request that streams. */
export type FieldsStream = Iterable<Fields> | AsyncIterable<Fields>;

/**
 * Calls the methods of one service and pays for them (seed 004, ServiceClient). Methods are named
 * `package.Service/Method`, `Service/Method`, or `Method` where that is unambiguous.
 */
export class ServiceClient implements AsyncDisposable {
  readonly organizationId: string;
  readonly serviceId: string;
  /** The payment group that is paid, as both documents describe it. */
  readonly group: ServiceGroup;
  /** The documents and protos of the service, every byte verified. */
  readonly service: ResolvedService;
  /** Daemons of the group; the first one that can be reached is called. */
  readonly endpoints: readonly [string, ...string[]];
  /** Token of the prices. */
  readonly token: Token;
  /** Models that the service trains for the account. */
  readonly training: Training;
  readonly #parts: ServiceClientParts;
  readonly #closed = new AbortController();
  /** Those that were called, by the names that they were called by: looking them up takes all types. */
  readonly #methods = new Map<string, DescMethod>();

  /** Made by `SnetEngine.createServiceClient`. */
  constructor(parts: ServiceClientParts) {
    this.organizationId = parts.service.organizationId;
    this.serviceId = parts.service.serviceId;
    this.group = parts.service.group;
    this.service = parts.service;
    this.endpoints = parts.endpoints;
    this.token = parts.token;
    this.#parts = parts;
    this.training = new Training({
      ...parts.training,
      registry: parts.registry,
      token: parts.token,
      daemon: parts.connection,
      closed: this.#closed.signal,
      prepare: (method, terms, options) => {
        const strategy = parts.payment.forTraining(terms);
        return prepareCall(parts, method, { strategy, closed: this.#closed.signal }, options);
      },
    });
  }

  /** All methods of the service, with their prices. */
  getMethods(): readonly MethodInfo[] {
    return listMethods(this.#parts.registry, this.group.pricing);
  }

  /**
   * One method.
   *
   * @throws BaseError `PROTO_METHOD_UNKNOWN`, `PROTO_METHOD_AMBIGUOUS`
   */
  getMethod(method: string): MethodInfo {
    const path = getPath(findMethod(this.#parts.registry, method));
    return this.getMethods().find((one) => one.path === path) as MethodInfo;
  }

  /**
   * Cogs that one call of a method costs: the published price. Where the service tells the price of each
   * call itself, the one that it told last; `quotePrice` asks.
   *
   * @throws BaseError `PRICE_NOT_DEFINED`, `PROTO_METHOD_UNKNOWN`, `PROTO_METHOD_AMBIGUOUS`
   */
  getPrice(method: string): bigint {
    return this.#parts.prices.get(getPath(findMethod(this.#parts.registry, method)));
  }

  /**
   * Cogs that this very call would cost. Where the protos name a method that tells (metadata.md 3.3), it is
   * called with the same message, which costs what is published for that method; otherwise nobody is
   * asked. A call needs no quote: a daemon that wants another price says so, and is paid that, up to
   * `maxPrice`.
   *
   * @throws BaseError `PRICE_NOT_DEFINED`, and those of `call`
   */
  async quotePrice(method: string, fields: Fields, options: CallOptions = {}): Promise<bigint> {
    const { registry, prices } = this.#parts;
    const priced = findMethod(registry, method);
    const priceMethod = findPriceMethod(priced, registry);
    if (priceMethod === undefined) return this.getPrice(method);
    const reply = await this.call(getPath(priceMethod), fields, options);
    const price = BigInt(reply['price'] as bigint);
    prices.take(getPath(priced), price);
    return price;
  }

  /**
   * Sends one message and resolves with the reply.
   *
   * @throws BaseError `FIELD_UNKNOWN`, `FIELD_INVALID`, `CALL_KIND_MISMATCH`, `CALL_FAILED` and
   *   `PAYMENT_REFUSED` (both are `CallError`), `SERVICE_UNREACHABLE`, `TIMED_OUT`, `ABORTED`, and
   *   those of the payment
   *
   * @example
   * ```ts
   * const { detection } = await service.call('Detect', { text: 'Guten Morgen' });
   * ```
   */
  async call(method: string, fields: Fields, options: CallOptions = {}): Promise<MessageObject> {
    const call = this.#prepare(method, 'unary', options);
    const message = encodeFields(call.method.input, fields, this.#parts.registry);
    return this.#decode(call.method, await runUnary(call, message));
  }

  /** Sends one message and yields the replies as they come; errors are those of `call`. */
  async *serverStream(
    method: string,
    fields: Fields,
    options: CallOptions = {},
  ): AsyncGenerator<MessageObject, void, undefined> {
    const call = this.#prepare(method, 'server_streaming', options);
    const message = encodeFields(call.method.input, fields, this.#parts.registry);
    for await (const reply of runStream(call, once(message))) {
      yield this.#decode(call.method, reply);
    }
  }

  /**
   * Sends messages as they come and resolves with the one reply. For Node only.
   *
   * @throws BaseError those of `call`, `CALL_KIND_UNSUPPORTED` in browsers
   */
  async clientStream(
    method: string,
    messages: FieldsStream,
    options: CallOptions = {},
  ): Promise<MessageObject> {
    const call = this.#prepare(method, 'client_streaming', options);
    const reply = await runClientStream(call, this.#encodeAll(call.method, messages));
    return this.#decode(call.method, reply);
  }

  /**
   * Sends messages as they come and yields the replies as they come. For Node only.
   *
   * @throws BaseError those of `call`, `CALL_KIND_UNSUPPORTED` in browsers
   */
  async *bidi(
    method: string,
    messages: FieldsStream,
    options: CallOptions = {},
  ): AsyncGenerator<MessageObject, void, undefined> {
    const call = this.#prepare(method, 'bidi_streaming', options);
    for await (const reply of runStream(call, this.#encodeAll(call.method, messages))) {
      yield this.#decode(call.method, reply);
    }
  }

  /**
   * The methods of a service of generated code as functions, on the same connection, with the same
   * payment. Their errors are those of `call`.
   *
   * @example
   * ```ts
   * const text = service.getTypedClient(TextService);
   * const { detection } = await text.detect({ text: 'Guten Morgen' });
   * ```
   */
  getTypedClient<Service extends DescService>(service: Service): TypedClient<Service> {
    return createTypedClient(service, (method, options) => {
      const call = this.#prepare(getPath(method), method.methodKind, options);
      return { ...call, method };
    });
  }

  /**
   * Channels of the account to this service's group, oldest first. `syncState` of each asks the daemon.
   *
   * @throws BaseError `RPC_...`, `ABORTED`
   */
  async getChannels(
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly PaymentChannel[]> {
    this.#closed.signal.throwIfAborted();
    return this.#parts.listChannels(options.signal);
  }

  /**
   * Asks the daemon how a channel of the account stands; nothing is paid. Only what the client's own
   * signatures confirm is believed.
   *
   * @throws BaseError `CHANNEL_UNKNOWN`, `DAEMON_STATE_INVALID`, and those of `call`
   */
  async getChannelState(
    channelId: bigint,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<VerifiedState> {
    this.#closed.signal.throwIfAborted();
    return this.#parts.askChannelState(channelId, options.signal);
  }

  /**
   * Free calls that the account has left; 99999999 stands for as many as one likes.
   *
   * @throws BaseError `FREE_CALLS_REFUSED`, and those of `call`
   */
  async getFreeCallsAvailable(
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<bigint> {
    this.#closed.signal.throwIfAborted();
    return this.#parts.payment.free.getAvailable(options);
  }

  /**
   * The token with which calls that were bought beforehand are made, for other processes of the same
   * user (seed 004, ConcurrencyManager); undefined while there is none. It is as good as money.
   */
  getPrepaidToken(): HeldToken | undefined {
    return this.#parts.payment.prepaid.getToken();
  }

  /** Makes calls with a token that another process has bought. */
  usePrepaidToken(token: HeldToken): void {
    this.#parts.payment.prepaid.adoptToken(token);
  }

  /** Cancels what still runs and writes down what was paid. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort(closedError(`${this.organizationId}/${this.serviceId}`));
    this.#parts.onClose(this);
    await this.#parts.payment.close();
    this.#parts.connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #prepare(name: string, kind: MethodKind, options: CallOptions): PreparedCall {
    const closed = this.#closed.signal;
    closed.throwIfAborted();
    const { registry, connection, payment, codec } = this.#parts;
    const method = this.#methods.get(name) ?? findMethod(registry, name);
    this.#methods.set(name, method);
    checkMethodKind(method, kind, connection);
    return prepareCall(this.#parts, method, { strategy: payment.strategy, codec, closed }, options);
  }

  async *#encodeAll(method: DescMethod, messages: FieldsStream): AsyncGenerator<Message> {
    for await (const fields of messages) {
      yield encodeFields(method.input, fields, this.#parts.registry);
    }
  }

  #decode(method: DescMethod, message: Message): MessageObject {
    return decodeMessage(method.output, message, this.#parts.registry);
  }
}

function closedError(place: string): BaseError {
  return new BaseError('CLIENT_CLOSED', 'The service client is closed.', { place });
}

async function* once(message: Message): AsyncGenerator<Message> {
  yield message;
}
