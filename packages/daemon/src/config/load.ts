import { BaseError } from '@snetkit/core';
import { adoptStorage } from './adopt-storage.ts';
import { readEnvLayer } from './env-layer.ts';
import { readFileLayer } from './file-layer.ts';
import { readFlagLayer } from './flag-layer.ts';
import { checkLater } from './later.ts';
import type { Layer } from './layer.ts';
import { mergeLayers } from './merge.ts';
import { readConfigFile } from './read-file.ts';
import { checkRules } from './rules.ts';
import type { Config } from './schema.ts';

/** Name of the file that is read when none is given. */
export const defaultConfigFile = 'snetd.config.json';

/** Where settings come from. */
export interface LoadConfigOptions {
  /** Path of a file that must exist; without it {@link defaultConfigFile}, which may be missing. */
  readonly file?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options of the command line by name, without dashes. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
}

/** Settings, with what the log should say about them. */
export interface LoadedConfig {
  readonly config: Config;
  readonly warnings: readonly string[];
}

/**
 * Loads the settings: defaults, then file, environment and options, the later one winning.
 *
 * @throws BaseError naming file, key, value, what was expected and how to mend it.
 */
export async function loadConfig(options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const { layers, file } = await readLayers(options);
  const { placeOf, given, ...merged } = mergeLayers(layers, { file });
  const { config, notices } = adoptStorage(merged.config, { given, placeOf });
  checkRules(config, placeOf);
  const later = checkLater(config, placeOf);
  const warnings = [...layers.flatMap((layer) => layer.warnings), ...notices, ...later];
  return { config, warnings };
}

/**
 * Reads file, environment and options, without looking at the values.
 *
 * @returns the layers, the later one winning, and the file if there is one
 * @throws BaseError for a file that cannot be read or has a key that nobody knows
 */
export async function readLayers(
  options: LoadConfigOptions,
): Promise<{ layers: readonly Layer[]; file: string | undefined }> {
  const { env = {}, flags = {} } = options;
  const path = options.file ?? defaultConfigFile;
  const file = await loadFile(path, { isRequired: options.file !== undefined });
  const layers = [file ?? nothing, await readEnvLayer(env), readFlagLayer(flags)];
  return { layers, file: file === undefined ? undefined : path };
}

const nothing: Layer = { settings: [], warnings: [] };

async function loadFile(
  path: string,
  { isRequired }: { isRequired: boolean },
): Promise<Layer | undefined> {
  const content = await readConfigFile(path);
  if (content !== undefined) return readFileLayer(content, { path });
  if (!isRequired) return undefined;
  throw new BaseError('CONFIG_FILE_INVALID', 'There is no configuration file at this path.', {
    place: path,
    hint: `Give another path with --config, or write one with \`snetd init -c ${path}\`.`,
  });
}
