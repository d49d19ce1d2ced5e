import { type Config, findKey } from '../../config/schema.ts';
import { serviceError } from '../service-error.ts';
import type { RuntimeSetting } from './runtime-settings.ts';

/** Longest part of a name that is repeated to whoever sent it. */
const shownLength = 60;

/**
 * Changes settings while the daemon runs: all that are given, or none.
 *
 * @returns the configuration as it is then
 * @throws ConnectError with code 2 for the first one that cannot be changed
 */
export function updateConfiguration(
  updates: Readonly<Record<string, string>>,
  { config, settings }: { config: Config; settings: readonly RuntimeSetting[] },
): Config {
  const changes = Object.entries(updates).map(([name, raw]) => {
    const setting = settings.find((one) => one.name === name);
    if (setting === undefined) throw refuse(name);
    const parsed = setting.type.parse(raw);
    if ('value' in parsed) return { setting, value: parsed.value };
    throw serviceError(`${name} must be ${setting.type.expected}; nothing was changed`);
  });
  let changed = config;
  for (const { setting, value } of changes) {
    setting.apply(value);
    changed = setting.change(changed, value);
  }
  return changed;
}

function refuse(name: string): Error {
  const [key = ''] = name.split('.');
  const shown = JSON.stringify(name.slice(0, shownLength));
  if (findKey(key) === undefined) {
    return serviceError(`${shown} is not a setting of this daemon; nothing was changed`);
  }
  return serviceError(
    `${shown} cannot be changed while the daemon runs; change the configuration and start the daemon again; nothing was changed`,
  );
}
