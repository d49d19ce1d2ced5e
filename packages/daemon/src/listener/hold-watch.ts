import type { ListenerLimits } from './listener-options.ts';
import type { ServerExchange } from './server-exchange.ts';

/** Keeps what waits for clients and services within bounds. */
export interface HoldWatch {
  stop(): void;
}

/**
 * Looks now and then at what all calls keep waiting. When it is too much, those that keep most are cut until
 * three quarters are left; so are those whose client has not read for too long.
 */
export function startHoldWatch(options: {
  limits: ListenerLimits;
  exchanges: ReadonlySet<ServerExchange>;
  onCut: () => void;
}): HoldWatch {
  const { limits, exchanges, onCut } = options;
  const cut = (exchange: ServerExchange) => {
    exchange.cut();
    onCut();
  };
  const timer = setInterval(() => {
    const now = performance.now();
    let total = 0;
    for (const exchange of exchanges) {
      if (exchange.stalledMs(now) > limits.stallMs) cut(exchange);
      else total += exchange.heldBytes;
    }
    if (total <= limits.maxHeldBytes) return;
    const holders = [...exchanges].toSorted((a, b) => b.heldBytes - a.heldBytes);
    for (const exchange of holders) {
      if (total <= limits.maxHeldBytes * 0.75) return;
      total -= exchange.heldBytes;
      cut(exchange);
    }
  }, intervalMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

const intervalMs = 500;
