import type { JsonObject, JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { matches } from '../schemas/matches.ts';
import type { Member, Rule, Shape } from '../schemas/shape.ts';
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
    fix: repaired === undefined ? undefined : replacement(at, repaired),
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
    if (item === undefined || item === null) checkMissing(item, member, report, place);
    else checkShape(item, member.shape, report, place);
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
      const fix = free ? move(place, [...at, meant]) : undefined;
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
  at: readonly (string | number)[],
): void {
  const ofCli = (judge: Judge) => judge === 'official-cli';
  const typed = shape.rules.some(({ code, breaks }) => code === 'TYPE_WRONG' && breaks.some(ofCli));
  if (item === null && typed) {
    const breaks: readonly Judge[] = ['official-cli'];
    report.add({ code: 'TYPE_WRONG', at, breaks, expected: 'a value', found: 'null' });
  }
  if (required === undefined) return;
  const breaks = item === null ? required.by.filter((judge) => !ofCli(judge)) : required.by;
  if (item === null && breaks.length === 0) return;
  const { fallback, level } = required;
  const fix = fallback === undefined ? undefined : replacement(at, fallback, 'add');
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
  return move([...at, key], [...at, renamedTo]);
}

function move(from: readonly (string | number)[], to: readonly (string | number)[]): DocumentFix {
  return {
    summary: `Rename ${formatPointer(from)} to ${formatPointer(to)}.`,
    patch: [{ op: 'move', from: formatPointer(from), path: formatPointer(to) }],
  };
}

function replacement(
  at: readonly (string | number)[],
  value: JsonValue,
  op: 'add' | 'replace' = 'replace',
): DocumentFix {
  const path = formatPointer(at);
  const what = isObject(value) || Array.isArray(value) ? 'its corrected form' : undefined;
  return {
    summary: `Set ${path} to ${what ?? JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item))}.`,
    patch: [{ op, path, value }],
  };
}
