import { type EndStatus, statusCode } from '../../call/status.ts';
import type { Logger } from '../logger.ts';
import { codeLabel } from '../metrics/call-counters.ts';
import type { CallReport } from './call-report.ts';

/** Writes calls into the log. */
export interface LogCall {
  /** Whether such an end would be written; asked first, so that nothing is made for lines that nobody reads. */
  wants(end: EndStatus | 'left', how: { isPastPayment: boolean }): boolean;
  write(report: CallReport, how: { isPastPayment: boolean }): void;
}

/** Ends that are the daemon's fault or the service's: an operator wants to see them at every level up to `warn`. */
const failures: ReadonlySet<number> = new Set([statusCode.internal, statusCode.unavailable, 15]);
/** Most such lines in a second; a line costs more than a call that is refused. */
const maxFailures = 10;

/**
 * Every call at level `debug`; at level `warn` those that failed through no fault of their clients, ten a
 * second at most, and how many more there were.
 */
export function createCallLog(log: Logger, now: () => number = () => performance.now()): LogCall {
  let second = 0;
  let written = 0;
  let skipped = 0;

  function mayWriteFailure(): boolean {
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      if (skipped > 0) log.warn({ event: 'calls', skipped }, 'More calls failed than were told');
      [second, written, skipped] = [current, 0, 0];
    }
    written += 1;
    if (written > maxFailures) skipped += 1;
    return written <= maxFailures;
  }

  return {
    wants: (end, { isPastPayment }) =>
      log.isLevelEnabled('debug') || (isPastPayment && isFailure(end)),
    write(report, { isPastPayment }) {
      const { end } = report;
      if (isPastPayment && isFailure(end) && log.isLevelEnabled('warn') && mayWriteFailure()) {
        const message = end === 'left' ? undefined : end.message.slice(0, 512);
        log.warn({ event: 'call-failed', ...fieldsOf(report), message }, 'Call failed');
      } else if (log.isLevelEnabled('debug')) {
        log.debug({ event: 'call', ...fieldsOf(report) }, 'Call');
      }
    },
  };
}

function isFailure(end: EndStatus | 'left'): boolean {
  return end !== 'left' && end.isClients !== true && failures.has(end.code);
}

function fieldsOf({ requestId, head, end, ms, kind, payment, isCharged }: CallReport) {
  return {
    requestId,
    path: head.path.slice(0, 256),
    end: codeLabel(end),
    ms: Math.round(ms * 1_000) / 1_000,
    peer: head.peer.address,
    payment: kind,
    payer: payment?.payer,
    channel: payment?.channelId?.toString(),
    cogs: isCharged ? payment?.cogs?.toString() : undefined,
  };
}
