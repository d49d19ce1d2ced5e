import { BaseError } from '@snetkit/core';
import { destination, type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from '../config/schema.ts';
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
 * The log: one JSON object a line, on standard output. Secrets of the configuration, the path of the
 * RPC endpoint among them, are blotted out of every line, wherever they come from.
 */
export function createLogger(config: Config, options: { sink?: LineSink } = {}): Logger {
  const { sink = standardOutput() } = options;
  const scrub = createScrubber(config);
  return pino(
    {
      level: levels[config.log.level ?? 'info'],
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
    },
    { write: (line: string) => sink.write(scrub(line)) },
  );
}

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

// Synchronous: the last line before an exit is the one that matters most.
function standardOutput(): LineSink {
  const output = destination({ dest: 1, sync: true });
  // A reader that went away (EPIPE) must not end the daemon.
  output.on('error', () => {});
  return output;
}
