import { aliases } from './aliases.ts';
import { envName, mayBeInFile } from './env-names.ts';
import type { Layer } from './layer.ts';
import { collectSettings } from './merge.ts';
import { type KeyName, schema } from './schema.ts';
import { showValue } from './show-value.ts';

/** All that is known of a setting. Of secrets only whether they are set. */
export interface KeyExplanation {
  readonly key: KeyName;
  readonly description: string;
  /** What it accepts. */
  readonly type: string;
  readonly unit?: string;
  readonly rule?: string;
  /** Absent: no value unless given. */
  readonly default?: string;
  readonly env: readonly string[];
  readonly aliases: readonly string[];
  readonly option?: string;
  readonly isSecret: boolean;
  /** Whether it does something already. */
  readonly hasEffect: boolean;
  readonly isOfficial: boolean;
  /** The present value, `set` for a secret; absent without one. */
  readonly value?: string;
  /** Where it comes from, the last one winning: `default`, or places. */
  readonly sources: readonly string[];
  /** What is wrong with it. */
  readonly problem?: string;
}

/** Explains a setting, also one whose value is wrong. */
export function explainKey(
  key: KeyName,
  { layers, file }: { layers: readonly Layer[]; file: string | undefined },
): KeyExplanation {
  const { type, description, unit, rule, default: initial, flag, ...definition } = schema[key];
  const { given } = collectSettings(layers, { file });
  const isSecret = definition.secret === true;
  // Defaults are public, and stand in the table as they are.
  const fallback = initial === undefined || isSecret ? undefined : JSON.stringify(initial);
  const settings = layers.flatMap((layer) => layer.settings).filter((one) => one.key === key);
  const parsed = given.has(key) ? type.parse(given.get(key)) : undefined;
  const problem = parsed !== undefined && 'problems' in parsed ? parsed.problems[0] : undefined;
  const value = given.has(key) ? showGiven(given.get(key)) : fallback;
  return {
    key,
    description,
    type: type.expected,
    ...(unit !== undefined && { unit }),
    ...(rule !== undefined && { rule }),
    ...(fallback !== undefined && { default: fallback }),
    env: [
      envName([key]),
      ...Object.keys(type.fields ?? {}).map((field) => envName([key, field])),
      ...(mayBeInFile(schema[key]) ? [`${envName([key])}_FILE`] : []),
    ],
    aliases: [...aliases].flatMap(([alias, target]) => (target === key ? [alias] : [])),
    ...(flag !== undefined && { option: `--${flag.name}` }),
    isSecret,
    hasEffect: definition.later === undefined,
    isOfficial: definition.own !== true,
    ...(value !== undefined && { value }),
    sources: given.has(key)
      ? settings.map(({ place }) => place)
      : initial === undefined
        ? []
        : ['default'],
    ...(problem !== undefined && { problem: `expected ${problem.expected}` }),
  };

  function showGiven(raw: unknown): string | undefined {
    if (!isSecret) return showValue(type, raw);
    return Array.isArray(raw) && raw.length === 0 ? undefined : 'set';
  }
}
