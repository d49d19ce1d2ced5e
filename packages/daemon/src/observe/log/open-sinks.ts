import { destination } from 'pino';
import type { Config } from '../../config/schema.ts';
import type { LineSink } from '../logger.ts';
import { openRotatingFile } from './rotating-file.ts';

/** Places that lines go to, and what kept one of them from being opened. */
export interface OpenedSinks {
  readonly sinks: readonly LineSink[];
  readonly problem?: unknown;
}

/**
 * Opens what `log.output` names (daemon.md 8.6); standard output unless it names anything. A file that
 * cannot be had does not keep the daemon from starting: then lines go to standard output.
 */
export function openSinks({ log }: Config): OpenedSinks {
  const { type = ['stdout'] } = log.output ?? {};
  const sinks: LineSink[] = [];
  if (type.includes('stdout')) sinks.push(standard(1));
  if (type.includes('stderr')) sinks.push(standard(2));
  if (!type.includes('file')) return { sinks };
  try {
    return { sinks: [...sinks, openFile(log)] };
  } catch (problem) {
    return { sinks: sinks.length > 0 ? sinks : [standard(1)], problem };
  }
}

function openFile({ output = {}, timezone = 'UTC' }: Config['log']): LineSink {
  const {
    file_pattern: pattern = './snet-daemon.%Y%m%d.log',
    current_link: link = './snet-daemon.log',
    max_size_in_mb: megabytes = 10,
    max_age_in_sec: seconds = (output.max_age_in_days ?? 7) * 86_400,
    rotation_count: maxFiles = 0,
  } = output;
  return openRotatingFile({
    path: expandPattern(pattern, timezone),
    link: link === '' ? undefined : link,
    maxBytes: Math.max(1, megabytes) * 1_048_576,
    maxAgeMs: seconds * 1_000,
    maxFiles,
  });
}

/** `%Y %m %d %H %M %S`, as they are now. */
function expandPattern(pattern: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const parts = new Map(format.formatToParts().map(({ type, value }) => [type, value]));
  const names: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
    ...{ Y: 'year', m: 'month', d: 'day', H: 'hour', M: 'minute', S: 'second' },
  };
  return pattern.replace(/%([YmdHMS])/g, (_, letter: string) => {
    const part = names[letter];
    return (part && parts.get(part)) ?? '';
  });
}

// Synchronous: the last line before an exit is the one that matters most.
function standard(dest: 1 | 2): LineSink {
  const output = destination({ dest, sync: true });
  // A reader that went away (EPIPE) must not end the daemon.
  output.on('error', () => {});
  return output;
}
