import {
  create,
  type DescMessage,
  type DescMethod,
  type DescService,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import type { CallOptions } from '../calls/call-options.ts';
import { type PreparedCall, runClientStream, runStream, runUnary } from '../calls/run-call.ts';

/** A request of a method of generated code: a message, or an object with some of its fields. */
type Request<Method extends DescMethod> = MessageInitShape<Method['input']>;

/** What a method of generated code is as a function. */
export type TypedMethod<Method extends DescMethod> = Method extends { methodKind: 'unary' }
  ? (request: Request<Method>, options?: CallOptions) => Promise<MessageShape<Method['output']>>
  : Method extends { methodKind: 'server_streaming' }
    ? (
        request: Request<Method>,
        options?: CallOptions,
      ) => AsyncGenerator<MessageShape<Method['output']>, void, undefined>
    : Method extends { methodKind: 'client_streaming' }
      ? (
          requests: Iterable<Request<Method>> | AsyncIterable<Request<Method>>,
          options?: CallOptions,
        ) => Promise<MessageShape<Method['output']>>
      : (
          requests: Iterable<Request<Method>> | AsyncIterable<Request<Method>>,
          options?: CallOptions,
        ) => AsyncGenerator<MessageShape<Method['output']>, void, undefined>;

/**
 * The methods of a service of generated code. A method `then` is called `then$`: an object that has one
 * could not be awaited.
 */
export type TypedClient<Service extends DescService> = {
  readonly [Name in keyof Service['method'] as Name extends 'then' ? 'then$' : Name]: TypedMethod<
    Service['method'][Name]
  >;
};

/** Makes a function of each method; `prepare` looks the method up and readies its payment. */
export function createTypedClient<Service extends DescService>(
  service: Service,
  prepare: (method: DescMethod, options: CallOptions) => PreparedCall,
): TypedClient<Service> {
  const methods = Object.entries(service.method).map(([name, method]) => [
    name === 'then' ? 'then$' : name,
    createMethod(method, (options = {}) => prepare(method, options)),
  ]);
  return Object.fromEntries(methods) as TypedClient<Service>;
}

type Init = MessageInitShape<DescMessage>;
type Prepare = (options: CallOptions | undefined) => PreparedCall;

function createMethod({ methodKind, input }: DescMethod, prepare: Prepare) {
  const toMessage = (request: Init) => create(input, request);
  async function* toMessages(requests: Iterable<Init> | AsyncIterable<Init>) {
    for await (const request of requests) yield toMessage(request);
  }
  switch (methodKind) {
    case 'unary':
      return async (request: Init, options?: CallOptions) =>
        runUnary(prepare(options), toMessage(request));
    case 'server_streaming':
      return async function* (request: Init, options?: CallOptions) {
        yield* runStream(prepare(options), toMessages([request]));
      };
    case 'client_streaming':
      return async (requests: AsyncIterable<Init>, options?: CallOptions) =>
        runClientStream(prepare(options), toMessages(requests));
    case 'bidi_streaming':
      return async function* (requests: AsyncIterable<Init>, options?: CallOptions) {
        yield* runStream(prepare(options), toMessages(requests));
      };
  }
}
