import type { Config } from '../../config/schema.ts';
import { oneOf } from '../../config/types/one-of.ts';
import type { ValueType } from '../../config/types/value-type.ts';
import { type Logger, setLogLevel } from '../../observe/logger.ts';

/** A setting that takes effect while the daemon runs. */
export interface RuntimeSetting {
  /** Key, and field of an object after a dot: `log.level`. */
  readonly name: string;
  readonly description: string;
  readonly type: ValueType<string>;
  readonly initial: string;
  /** The configuration with the value. */
  change(config: Config, value: string): Config;
  /** Lets it take effect. */
  apply(value: string): void;
}

/**
 * What an operator may change from afar. The signature of a change does not cover its values
 * (daemon.md 3.11), so whoever sits between could put others in their place: nothing that moves money,
 * lets somebody in or sends bytes elsewhere may ever stand here.
 */
export function createRuntimeSettings({ log }: { log: Logger }): readonly RuntimeSetting[] {
  return [
    {
      name: 'log.level',
      description: 'How much the log tells.',
      type: oneOf(['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic']),
      initial: 'info',
      change: (config, value) => ({
        ...config,
        log: { ...config.log, level: value as NonNullable<Config['log']['level']> },
      }),
      apply: (value) => setLogLevel(log, value as NonNullable<Config['log']['level']>),
    },
  ];
}
