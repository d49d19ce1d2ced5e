import type { JsonObject, JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { matches } from '../schemas/matches.ts';
import type { Member, Rule, Shape } from '../schemas/shape.ts';
import { createFix } from './create-fix.ts';
import type { DocumentFix } from './document-fix.ts';
import type { Judge } from './finding.ts';
import type { Report } from './report.ts';

/** Holds a value against its shape, and all that is inside it. */
export function checkShape(
  value: JsonValue,
  shape: Shape,
  report: Report,
  at: readonly (string | number)[] = [],
): void {
  for (const rule of shape.rules) checkRule(value, rule, report, at);
  if (shape.items !== undefined && Array.isArray(value)) {
    for (const [i, item] of value.entries()) checkShape(item, shape.items, report, [...at, i]);
  }
  if (shape.members !== undefined && isObject(value)) checkMembers(value, shape, report, at);
}

function checkRule(
  value: JsonValue,
  rule: Rule,
  report: Report,
  at: readonly (string | number)[],
): void {
  if (matches(value, rule.schema)) return;
  const { code, breaks, level, message, expected, about, repair } = rule;
  const repaired = repair?.(value);
  report.add({
    code,
    at: about === undefined ? at : [...at, about],
    breaks,
    level,
    message,
    expected,
    found: about === undefined ? value : isObject(value) ? value[about] : undefined,
    fix:
      repaired === undefined
        ? undefined
        : createFix({ op: 'replace', path: formatPointer(at), value: repaired }),
  });
}

function checkMembers(
  value: JsonObject,
  { members = {}, closedTo = [] }: Shape,
  report: Report,
  at: readonly (string | number)[],
): void {
  for (const [key, member] of Object.entries(members)) {
    const place = [...at, key];
    const item = Object.hasOwn(value, key) ? (value[key] as JsonValue) : undefined;
    if (item === undefined || item === null) {
      checkMissing(item, member, report, {
        at: place,
        elsewhere: isElsewhere(value, key, members),
      });
    } else checkShape(item, member.shape, report, place);
    if (item !== undefined && member.refusedBy.length > 0) {
      const fix = renaming(value, member, at, key);
      report.add({
        code: 'KEY_UNKNOWN',
        at: place,
        breaks: member.refusedBy,
        found: item,
        fix,
      });
    }
  }
  const byLowerCase = new Map(Object.keys(members).map((key) => [key.toLowerCase(), key]));
  for (const [key, item] of Object.entries(value)) {
    if (Object.hasOwn(members, key)) continue;
    const place = [...at, key];
    const meant = byLowerCase.get(key.toLowerCase());
    // Go reads keys in any letter case.
    if (meant !== undefined) {
      const free = !Object.hasOwn(value, meant);
      const fix = free ? move(at, key, meant) : undefined;
      const expected = JSON.stringify(meant);
      report.add({
        code: 'KEY_CASE_WRONG',
        at: place,
        breaks: closedTo,
        level: 'warning',
        expected,
        found: key,
        fix,
      });
    } else if (closedTo.length > 0) {
      report.add({ code: 'KEY_UNKNOWN', at: place, breaks: closedTo, found: item });
    }
  }
}

// Go reads null as if the key were missing; the official CLI takes it for a value of a wrong type.
function checkMissing(
  item: null | undefined,
  { required, shape }: Member,
  report: Report,
  { at, elsewhere }: { at: readonly (string | number)[]; elsewhere: boolean },
): void {
  const ofCli = (judge: Judge) => judge === 'official-cli';
  const typed = shape.rules.some(({ code, breaks }) => code === 'TYPE_WRONG' && breaks.some(ofCli));
  if (item === null && typed) {
    const breaks: readonly Judge[] = ['official-cli'];
    report.add({ code: 'TYPE_WRONG', at, breaks, expected: 'a value', found: null });
  }
  if (required === undefined) return;
  const breaks = item === null ? required.by.filter((judge) => !ofCli(judge)) : required.by;
  if (item === null && breaks.length === 0) return;
  const { fallback, level } = required;
  const fix =
    fallback === undefined || elsewhere
      ? undefined
      : createFix({ op: 'add', path: formatPointer(at), value: fallback });
  report.add({
    code: 'FIELD_MISSING',
    at,
    breaks,
    level,
    expected: shape.description,
    found: undefined,
    fix,
  });
}

function renaming(
  value: JsonObject,
  { renamedTo }: Member,
  at: readonly (string | number)[],
  key: string,
): DocumentFix | undefined {
  if (renamedTo === undefined || Object.hasOwn(value, renamedTo)) return undefined;
  return move(at, key, renamedTo);
}

// Under a name that it had before, or in another letter case: then it is renamed, not made anew.
function isElsewhere(value: JsonObject, key: string, members: Shape['members'] = {}): boolean {
  return Object.keys(value).some(
    (other) =>
      (Object.hasOwn(members, other) && members[other]?.renamedTo === key) ||
      (!Object.hasOwn(members, other) && other.toLowerCase() === key.toLowerCase()),
  );
}

function move(at: readonly (string | number)[], from: string, to: string): DocumentFix {
  const [source, path] = [formatPointer([...at, from]), formatPointer([...at, to])];
  return createFix({ op: 'move', from: source, path });
}
