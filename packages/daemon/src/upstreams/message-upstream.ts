import { endAtOnce } from './ended-call.ts';
import { findServiceMethod } from './find-service-method.ts';
import { MessageCall, type MessageCallContext } from './message-call.ts';
import type { ServiceMethods } from './service-methods.ts';
import { noStreams, unknownServiceMethod } from './unknown-service-method.ts';
import type { Upstream } from './upstream.ts';

/** What stands behind calls that take one message and give one. */
export interface MessageUpstreamOptions extends MessageCallContext {
  /** Undefined when the protos do not compile: then any name goes. */
  readonly methods: ServiceMethods | undefined;
  readonly serviceType: 'http' | 'jsonrpc';
  close(): Promise<void>;
}

/** An upstream of unary calls; methods that are unknown, or streams, are refused. */
export function createMessageUpstream(options: MessageUpstreamOptions): Upstream {
  const { methods, serviceType } = options;
  return {
    open(request, receiver) {
      const found = findServiceMethod(request.path, methods);
      if (found === undefined) return endAtOnce(receiver, unknownServiceMethod(request.path));
      if (found.kind !== 'unary') return endAtOnce(receiver, noStreams(request.path, serviceType));
      return new MessageCall(options, request, receiver);
    },
    close: () => options.close(),
  };
}
