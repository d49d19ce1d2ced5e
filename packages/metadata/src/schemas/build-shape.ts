import type { JsonValue } from '@snetkit/core';
import type { Judge } from '../validation/finding.ts';
import type { Member, Requirement, Rule, Shape } from './shape.ts';

/** What the official daemon and the validator of the official CLI both look at. */
export const everybody: readonly Judge[] = ['daemon', 'official-cli'];
/** Without it calls fail, and the validator of the official CLI refuses it, too. */
export const callsAndCli: readonly Judge[] = ['calls', 'official-cli'];
/** The official daemon does not start otherwise. */
export const daemon: readonly Judge[] = ['daemon'];
/** The official daemon starts, but calls fail. */
export const calls: readonly Judge[] = ['calls'];
/** Only the validator of the official CLI minds. */
export const cli: readonly Judge[] = ['official-cli'];
/** Nobody refuses it. */
export const nobody: readonly Judge[] = [];

/** A text. `typedBy`: who refuses other types. */
export function text<const V extends string = string>(
  description: string,
  typedBy: readonly Judge[],
  ...rules: readonly Rule[]
): Shape<V> {
  return { description, rules: [typeRule('string', typedBy, 'a text in quotes'), ...rules] };
}

/** An integer of any size. */
export function integer(
  description: string,
  typedBy: readonly Judge[],
  ...rules: readonly Rule[]
): Shape<number | bigint> {
  return { description, rules: [integerRule(typedBy), ...rules] };
}

/** An integer that the daemon keeps in a machine word, and we in a `number`. */
export function smallInteger(
  description: string,
  typedBy: readonly Judge[],
  ...rules: readonly Rule[]
): Shape<number> {
  const range: Rule = {
    code: 'NUMBER_TOO_LARGE',
    schema: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    // Validators of JSON Schema know no such limit.
    breaks: typedBy.filter((judge) => judge !== 'official-cli'),
    expected: 'an integer below 2^53',
  };
  return { description, rules: [integerRule(typedBy), range, ...rules] };
}

/** The rule of integers; a number in quotes can be repaired. */
export function integerRule(breaks: readonly Judge[]): Rule {
  const expected = 'an integer, without quotes, fraction or exponent';
  return { ...typeRule('integer', breaks, expected), repair: unquote };
}

/** A number that may have a fraction. */
export function decimal(description: string, typedBy: readonly Judge[]): Shape<number | bigint> {
  return { description, rules: [typeRule('number', typedBy, 'a number')] };
}

/** The rule of numbers, for those who do not ask for integers. */
export function numberRule(breaks: readonly Judge[]): Rule {
  return typeRule('number', breaks, 'a number');
}

/** true or false. */
export function flag(description: string, typedBy: readonly Judge[]): Shape<boolean> {
  return { description, rules: [typeRule('boolean', typedBy, 'true or false')] };
}

/** Anything. */
export function anything(description: string): Shape<JsonValue> {
  return { description, rules: [] };
}

/** An array. */
export function list<T>(
  description: string,
  typedBy: readonly Judge[],
  items: Shape<T>,
  ...rules: readonly Rule[]
): Shape<T[]> {
  return { description, rules: [typeRule('array', typedBy, 'an array'), ...rules], items };
}

type Members = Readonly<Record<string, Member>>;
type RequiredKeys<M extends Members> = {
  [K in keyof M]: M[K] extends Member<unknown, true> ? K : never;
}[keyof M];
type ValueOf<M> = M extends Member<infer T, boolean> ? T : never;
type ObjectOf<M extends Members> = { [K in RequiredKeys<M>]: ValueOf<M[K]> } & {
  [K in Exclude<keyof M, RequiredKeys<M>>]?: ValueOf<M[K]>;
};

/** An object. `closedTo`: who refuses other keys. */
export function object<const M extends Members>(
  description: string,
  typedBy: readonly Judge[],
  options: {
    members: M;
    closedTo?: readonly Judge[];
    rules?: readonly Rule[];
    repair?: Rule['repair'];
  },
): Shape<ObjectOf<M>> {
  const { members, closedTo, rules = [], repair } = options;
  const type: Rule = { ...typeRule('object', typedBy, 'an object'), repair };
  return { description, rules: [type, ...rules], members, closedTo };
}

/** A key that has to be there. */
export function required<T>(
  shape: Shape<T>,
  by: readonly Judge[],
  more: Omit<Requirement, 'by'> = {},
): Member<T, true> {
  return { shape, required: { by, ...more }, refusedBy: [] };
}

/** A key that may be left out; `missed` when somebody would still like to be told. */
export function optional<T>(
  shape: Shape<T>,
  more: { refusedBy?: readonly Judge[]; renamedTo?: string; missed?: Requirement } = {},
): Member<T, false> {
  const { refusedBy = [], renamedTo, missed } = more;
  return { shape, required: missed, refusedBy, renamedTo };
}

/** A text of at least one character. */
export function notEmpty(breaks: readonly Judge[]): Rule {
  return {
    code: 'TEXT_EMPTY',
    schema: { minLength: 1 },
    breaks,
    expected: 'at least one character',
  };
}

/** An array of at least one item. */
export function someItems(breaks: readonly Judge[], level?: Rule['level']): Rule {
  return {
    code: 'LIST_EMPTY',
    schema: { minItems: 1 },
    breaks,
    level,
    expected: 'at least one item',
  };
}

/** One of a few texts. */
export function oneOf(values: readonly string[], breaks: readonly Judge[]): Rule {
  const expected = values.map((value) => JSON.stringify(value)).join(' or ');
  return { code: 'VALUE_UNKNOWN', schema: { enum: values }, breaks, expected };
}

/** A number that is large enough. */
export function atLeast(minimum: number, breaks: readonly Judge[], level?: Rule['level']): Rule {
  const expected = `at least ${minimum}`;
  return { code: 'NUMBER_TOO_SMALL', schema: { minimum }, breaks, level, expected };
}

function typeRule(
  type: NonNullable<Rule['schema']['type']>,
  breaks: readonly Judge[],
  expected: string,
): Rule {
  return { code: 'TYPE_WRONG', schema: { type }, breaks, expected };
}

function unquote(value: JsonValue): JsonValue | undefined {
  if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,77})$/.test(value)) return undefined;
  const exact = BigInt(value);
  return exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
}
