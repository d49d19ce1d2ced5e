import { once } from 'node:events';
import { idleFlags } from '../config/flag-layer.ts';
import { loadConfig } from '../config/load.ts';
import { keyNames, schema } from '../config/schema.ts';
import { announce, createLogger, type Logger } from '../observe/logger.ts';
import { createScrubber } from '../observe/scrub.ts';
import type { Command, CommandInput } from './command.ts';
import { printFailure } from './print-failure.ts';
import { watchStopRequests } from './stop-requests.ts';

const settingFlags = keyNames.flatMap((key) => schema[key].flag ?? []);

/** `snetd serve`: runs the daemon until it is told to stop (daemon.md 6.5). */
export const serve: Command = {
  options: Object.fromEntries(
    [...settingFlags, ...idleFlags].map(({ name, short }) => [
      name,
      { type: 'string' as const, ...(short !== undefined && { short }) },
    ]),
  ),
  prepare: (args) => args.map(completeSwitch),
  run,
};

/** `--blockchain` and `-b` mean `--blockchain=true`, as for the official daemon. */
function completeSwitch(arg: string): string {
  for (const key of keyNames) {
    const { flag, type } = schema[key];
    if (flag === undefined || type.expected !== 'true or false') continue;
    if (arg === `--${flag.name}` || arg === `-${flag.short}`) return `--${flag.name}=true`;
    if (arg.startsWith(`-${flag.short}=`)) return `--${flag.name}=${arg.slice(3)}`;
  }
  return arg;
}

async function run({ options, env, warn }: CommandInput): Promise<number> {
  const flags = options as Readonly<Record<string, string | undefined>>;
  const { config, warnings } = await loadConfig({ file: flags['config'], env, flags });
  const log = createLogger(config);
  const scrub = createScrubber(config);
  for (const warning of warnings) log.warn({ event: 'configuration' }, warning);
  reportFaults(log);
  const stop = watchStopRequests(env);
  // What SIGHUP does unless it is listened to would end the daemon.
  let onHangUp = () => {};
  const hangUp = () => onHangUp();
  process.on('SIGHUP', hangUp);
  try {
    // Loaded only now: a wrong configuration is told at once.
    const { startDaemon } = await import('../serve.ts');
    const daemon = await startDaemon({ config, log, signal: stop.signal });
    announce(log, { event: 'listening', endpoint: daemon.endpoint, ...daemon.facts }, 'Listening');
    onHangUp = () => void daemon.reload();
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    announce(log, { event: 'stopping', reason: stop.signal.reason }, 'Stopping');
    const { cutCalls } = await daemon.stop({
      graceMs: config.stop_grace_period,
      delayMs: config.stop_delay,
    });
    if (cutCalls === 0) announce(log, { event: 'stopped' }, 'Stopped');
    else {
      const message = `Stopped; ${cutCalls} calls were cut, because they ran longer than stop_grace_period`;
      announce(log, { event: 'stopped', cutCalls }, message);
    }
    return cutCalls === 0 ? 0 : 1;
  } catch (cause) {
    // Told to stop while it was starting: that is no failure.
    if (stop.signal.aborted) return 0;
    return await printFailure(cause, { warn: (line) => warn(scrub(line)) });
  } finally {
    process.off('SIGHUP', hangUp);
    stop.dispose();
  }
}

/** A promise that nobody waited for must not end the daemon; it is a fault, and the log says so. */
function reportFaults(log: Logger): void {
  process.on('unhandledRejection', (fault) => log.error({ event: 'fault', error: fault }, 'Fault'));
}
