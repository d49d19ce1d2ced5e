import { createClient, createRouterTransport, type Interceptor } from '@connectrpc/connect';
import { Health } from '@snetkit/protos/health';
import { expect, test } from 'vitest';
import { createPaymentInterceptor } from '../interceptor.ts';
import type { CallEnd, PaymentStrategy } from '../strategies/payment-strategy.ts';

/** Pays nothing, and keeps how each sending ended. */
function createRecordingStrategy(): PaymentStrategy & { ends: CallEnd[] } {
  const ends: CallEnd[] = [];
  const attempt = {
    headers: [],
    receipt: { type: 'test', price: 1n },
    async end(end: CallEnd) {
      ends.push(end);
      return 'final' as const;
    },
  };
  const pay = () => ({ attempt: async () => attempt });
  return { name: 'test', getPrice: async () => 1n, pay, ends };
}

test('behavior: a stream that is cancelled before its first read ends its payment once', async () => {
  const strategy = createRecordingStrategy();
  const answered = Promise.withResolvers<void>();
  const watch: Interceptor = (next) => async (request) => {
    const response = await next(request);
    answered.resolve();
    return response;
  };
  const transport = createRouterTransport(
    ({ service }) => {
      service(Health, {
        async *watch(_request, { signal }) {
          yield { status: 1 };
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
      });
    },
    { transport: { interceptors: [watch, createPaymentInterceptor(strategy)] } },
  );
  const stop = new AbortController();
  const stream = createClient(Health, transport).watch({}, { signal: stop.signal });
  await answered.promise;
  expect(strategy.ends).toEqual([]);
  stop.abort();
  await stream[Symbol.asyncIterator]().return?.();
  expect(strategy.ends).toEqual([{ kind: 'served' }]);
});
