import { BaseError } from '@snetkit/core';
import { type KeyName, schema } from './schema.ts';
import { showValue } from './show-value.ts';
import type { Problem, ValueType } from './types/value-type.ts';

/** A wrong value, with the key that it was given for and where it stands. */
export interface ConfigProblem extends Problem {
  readonly key: KeyName;
  /** `snetd.config.json: service_timeout`, `environment variable SNET_SERVICE_TIMEOUT`, `option --ssl-cert`. */
  readonly place: string;
}

/** The error for values that do not fit: it describes the first and names the others. */
export function configError(
  problems: readonly [ConfigProblem, ...ConfigProblem[]] | readonly ConfigProblem[],
  { cause }: { cause?: unknown } = {},
): BaseError {
  const [first, ...others] = problems as readonly [ConfigProblem, ...ConfigProblem[]];
  const { key, value, expected, hint, place } = first;
  const definition = schema[key];
  const name = [key, ...first.path].join('.');
  const fix = hint ?? definition.fix ?? `Give ${name} such a value. ${definition.description}`;
  const more = others.map((other) => [other.key, ...other.path].join('.')).join(', ');
  return new BaseError('CONFIG_VALUE_INVALID', `The setting ${name} does not fit.`, {
    place,
    expected,
    found: show(value, first),
    hint: more === '' ? fix : `${fix} Wrong as well: ${more}.`,
    cause,
  });
}

/** The type of what stands at a path below a key; one that takes anything for a name that is not there. */
function typeAt(type: ValueType<unknown>, path: readonly string[]): ValueType<unknown> {
  const [name, ...rest] = path;
  if (name === undefined) return type;
  const below = type.items ?? type.fields?.[name];
  return below === undefined ? anything : typeAt(below, rest);
}

const anything: ValueType<unknown> = { expected: '', parse: (value) => ({ value }) };

function show(value: unknown, problem: ConfigProblem): string {
  if (value === undefined || value === '') return 'nothing';
  const definition = schema[problem.key];
  if (definition.secret && problem.shown === undefined) return 'a value that is not shown';
  const text = problem.shown ?? showValue(typeAt(definition.type, problem.path), value);
  return text.length <= 120 ? text : `${text.slice(0, 120)}...`;
}
