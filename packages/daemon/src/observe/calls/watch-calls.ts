import type { CallStage, CallWatch } from '../../call/call-watch.ts';
import type { CallHead } from '../../call/exchange.ts';
import type { EndStatus, Metadata } from '../../call/status.ts';
import type { Payment } from '../../payments/payment.ts';
import { type Counters, countBy } from '../counters.ts';
import type { Logger } from '../logger.ts';
import { codeLabel, countEnd, type MethodNames, paymentsOf } from '../metrics/call-counters.ts';
import type { CallReport, CallSinks, CallTrace } from './call-report.ts';
import { createCallLog, type LogCall } from './log-call.ts';
import { createRequestIds, readRequestId, requestIdHeader } from './request-id.ts';

/** What calls are watched with. */
export interface WatchCallsOptions extends MethodNames {
  readonly counters: Counters;
  readonly log: Logger;
  readonly sinks: CallSinks;
}

interface Context extends WatchCallsOptions {
  readonly nextId: () => string;
  readonly logCall: LogCall;
}

/** Gives each call an id, counts it, and tells the log and whoever else is to know how it went. */
export function watchCalls(options: WatchCallsOptions): (head: CallHead) => CallWatch {
  const context: Context = {
    ...options,
    nextId: createRequestIds(),
    logCall: createCallLog(options.log),
  };
  return (head) => new WatchedCall(head, context);
}

/** One object a call; everything that it does is a few additions. */
class WatchedCall implements CallWatch {
  readonly requestId: string;
  readonly trailers: Metadata | undefined;
  readonly #head: CallHead;
  readonly #context: Context;
  readonly #trace: CallTrace | undefined;
  readonly #startedAt = performance.now();
  #stage: CallStage | undefined;
  #kind: string | undefined;
  #payment: Payment | undefined;
  #isCharged = false;

  constructor(head: CallHead, context: Context) {
    this.#head = head;
    this.#context = context;
    const given = readRequestId(head.metadata);
    this.requestId = given ?? context.nextId();
    this.trailers = given === undefined ? { [requestIdHeader]: this.requestId } : undefined;
    this.#trace = context.sinks.trace?.(head, this.requestId);
  }

  forwarded(): Readonly<Record<string, string>> {
    return { [requestIdHeader]: this.requestId, ...this.#trace?.forwarded() };
  }

  enter(stage: CallStage): void {
    this.#stage = stage;
    this.#trace?.enter(stage);
  }

  admitted(payment: Payment, kind: string): void {
    this.#payment = payment;
    this.#kind = kind;
  }

  charged(): void {
    this.#isCharged = true;
  }

  takenBack(): void {
    this.#isCharged = false;
  }

  end(end: EndStatus | 'left'): void {
    const { counters, sinks, logCall } = this.#context;
    const ms = performance.now() - this.#startedAt;
    const { path } = this.#head;
    countBy(counters.endings, codeLabel(end));
    countEnd(counters.callStats, { path, end, ms }, this.#context);
    this.#countPayment();
    const needsReport = this.#trace !== undefined || sinks.meter !== undefined;
    const isPastPayment = this.#stage !== undefined && this.#stage !== 'payment';
    const isLogged = logCall.wants(end, { isPastPayment });
    if (!needsReport && !isLogged) return;
    const report = this.#report(end, ms);
    if (isLogged) logCall.write(report, { isPastPayment });
    this.#trace?.end(report);
    sinks.meter?.(report);
  }

  #countPayment(): void {
    const { callStats } = this.#context.counters;
    if (this.#payment === undefined || this.#kind === undefined) {
      // Whatever names a client makes up are not told apart.
      if (this.#stage === 'payment') paymentsOf(callStats, 'any').refused += 1;
      return;
    }
    const counted = paymentsOf(callStats, this.#kind);
    if (!this.#isCharged) counted.uncharged += 1;
    else {
      counted.charged += 1;
      counted.cogs += this.#payment.cogs ?? 0n;
    }
  }

  #report(end: EndStatus | 'left', ms: number): CallReport {
    return {
      requestId: this.requestId,
      head: this.#head,
      end,
      startedAt: Date.now() - ms,
      ms,
      kind: this.#kind,
      payment: this.#payment,
      isCharged: this.#isCharged,
    };
  }
}
