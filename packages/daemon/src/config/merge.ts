import { type ConfigProblem, configError } from './config-error.ts';
import type { Layer } from './layer.ts';
import { type Config, type KeyName, keyNames, schema } from './schema.ts';
import { readObject } from './types/read-object.ts';

/** The place where the value of a key stands, for errors. */
export type PlaceOf = (key: KeyName, path?: readonly string[]) => string;

/** Settings of all layers. */
interface MergedSettings {
  readonly config: Config;
  /** Raw values of the keys that somebody set. */
  readonly given: ReadonlyMap<KeyName, unknown>;
  readonly placeOf: PlaceOf;
}

/**
 * Lays the layers over the defaults and turns every value into its type.
 *
 * @throws BaseError for the first value that does not fit, naming the others.
 */
export function mergeLayers(
  layers: readonly Layer[],
  options: { file?: string | undefined } = {},
): MergedSettings {
  const { given, placeOf } = collectSettings(layers, options);
  return { config: parseAll(given, placeOf), given, placeOf };
}

/**
 * Lays the layers over each other without looking at the values.
 *
 * @returns `given`: raw values of the keys that somebody set
 */
export function collectSettings(
  layers: readonly Layer[],
  options: { file?: string | undefined } = {},
): Omit<MergedSettings, 'config'> {
  const raw = new Map<KeyName, unknown>();
  const places = new Map<string, string>();
  for (const { key, path, raw: value, place } of layers.flatMap((layer) => layer.settings)) {
    raw.set(key, path.length === 0 ? value : withField(raw.get(key), path, value));
    places.set([key, ...path].join('.'), place);
  }
  const placeOf: PlaceOf = (key, path = []) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const place = places.get([key, ...path.slice(0, depth)].join('.'));
      if (place !== undefined) return [place, ...path.slice(depth)].join('.');
    }
    return options.file === undefined ? `${key} (not set)` : `${options.file}: ${key} (not set)`;
  };
  const given = new Map([...raw].filter(([, value]) => isGiven(value)));
  return { given, placeOf };
}

function parseAll(given: ReadonlyMap<KeyName, unknown>, placeOf: PlaceOf): Config {
  const config: Partial<Record<KeyName, unknown>> = {};
  const problems: ConfigProblem[] = [];
  for (const key of keyNames) {
    const definition = schema[key];
    const parsed = definition.type.parse(
      given.has(key) ? given.get(key) : (definition.default ?? ''),
    );
    if ('value' in parsed) config[key] = parsed.value;
    else {
      problems.push(
        ...parsed.problems.map((problem) => ({
          ...problem,
          key,
          place: placeOf(key, problem.path),
        })),
      );
    }
  }
  if (problems.length > 0) throw configError(problems);
  return config as Config;
}

/** Official files say "nothing" with null and with empty text. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function withField(object: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const fields = readObject(object) ?? {};
  const same = Object.keys(fields).find((field) => field.toLowerCase() === name) ?? name;
  return { ...fields, [same]: withField(fields[same], rest, value) };
}
