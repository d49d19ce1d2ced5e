import { BaseError } from '@snetkit/core';
import { type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from '../config/schema.ts';
import { formatLine } from './log/format-line.ts';
import { createTimeFormat } from './log/format-time.ts';
import { openSinks } from './log/open-sinks.ts';
import { createScrubber } from './scrub.ts';

export type { Logger };

/** Where finished lines go. */
export interface LineSink {
  write(line: string): void;
}

const levels: Readonly<Record<NonNullable<Config['log']['level']>, LevelWithSilent>> = {
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'fatal',
  panic: 'fatal',
};

/**
 * The log: one JSON object a line, on standard output, unless `log` says otherwise (daemon.md 8.6). Secrets of
 * the configuration, the path of the RPC endpoint among them, are blotted out of every line, wherever
 * they come from.
 */
export function createLogger(config: Config, options: { sink?: LineSink } = {}): Logger {
  const { sinks, problem } =
    options.sink === undefined ? openSinks(config) : { sinks: [options.sink], problem: undefined };
  const scrub = createScrubber(config);
  const { formatter = {}, timezone = 'UTC' } = config.log;
  const isText = formatter.type === 'text';
  const log = pino(
    {
      level: levels[config.log.level ?? 'info'],
      base: null,
      timestamp: createTimestamp(formatter.timestamp_format, timezone),
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    {
      write(line: string) {
        const clean = scrub(line);
        const shown = isText ? formatLine(clean) : clean;
        for (const sink of sinks) sink.write(shown);
      },
    },
  );
  if (problem !== undefined) {
    log.warn({ event: 'log', error: problem }, 'The log file cannot be written');
  }
  return log;
}

function createTimestamp(layout: string | undefined, timeZone: string): () => string {
  if (layout === undefined && timeZone === 'UTC') return stdTimeFunctions.isoTime;
  const format = createTimeFormat(layout ?? officialLayout, timeZone);
  return () => `,"time":${JSON.stringify(format(Date.now()))}`;
}

const officialLayout = '2006-01-02T15:04:05.999Z07:00';

/** Changes how much the log tells from now on. */
export function setLogLevel(log: Logger, level: NonNullable<Config['log']['level']>): void {
  log.level = levels[level];
}

/** Logs an event that whoever started the daemon waits for: it shows at every level. */
export function announce(
  log: Logger,
  fields: { event: string } & Record<string, unknown>,
  message: string,
): void {
  log.child({}, { level: 'info' }).info(fields, message);
}

function describeError(value: unknown): unknown {
  return BaseError.from(value).toJSON();
}
