import { statusCode } from '../call/status.ts';
import type { ListenerContext } from './listener-options.ts';
import type { ServerExchange } from './server-exchange.ts';

/** Sends a call on the path of a call and sees to it that it ends. */
export function walkCall(exchange: ServerExchange, context: ListenerContext): void {
  const { counters, onCall, onFault, onLess } = context;
  counters.calls++;
  counters.totalCalls++;
  const onOver = () => {
    counters.calls--;
    // Only a call that its path has forgotten is still without an answer.
    exchange.end(forgotten);
    onLess();
  };
  const onFailure = (fault: unknown) => {
    onFault(fault);
    onOver();
  };
  try {
    const over = onCall(exchange);
    if (over === undefined) onOver();
    else over.then(onOver, onFailure);
  } catch (fault) {
    onFailure(fault);
  }
}

const forgotten = {
  code: statusCode.internal,
  message: 'internal error: the call was not answered',
};
