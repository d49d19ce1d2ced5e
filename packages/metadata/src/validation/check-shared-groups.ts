import type { JsonValue } from '@snetkit/core';
import { describeValue } from '../documents/describe-value.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { groupIdPattern } from '../schemas/patterns.ts';
import { createFix } from './create-fix.ts';
import { indexGroups } from './index-groups.ts';
import type { Report } from './report.ts';

/** Groups of a service are those of its organization: same names, same ids. */
export function checkSharedGroups(
  document: JsonValue,
  organization: JsonValue,
  report: Report,
): void {
  const shared = indexGroups(organization);
  for (const [i, group] of peekList(document, 'groups').entries()) {
    const name = peek(group, 'group_name');
    const other = shared.get(name)?.group;
    if (other === undefined) {
      report.add({
        code: 'GROUP_NOT_IN_ORGANIZATION',
        at: ['groups', i, 'group_name'],
        breaks: ['calls'],
        expected: `one of ${[...shared.keys()].slice(0, 10).map(describeValue).join(', ')}`,
        found: name,
        hint: 'Use a group of the organization, or add the group to it first.',
      });
      continue;
    }
    compareIds(peek(group, 'group_id'), peek(other, 'group_id'), ['groups', i, 'group_id'], report);
  }
}

function compareIds(
  found: JsonValue | undefined,
  expected: JsonValue | undefined,
  at: readonly (string | number)[],
  report: Report,
): void {
  if (found === expected || typeof expected !== 'string') return;
  if (!new RegExp(groupIdPattern, 'u').test(expected)) return;
  const path = formatPointer(at);
  const fix = createFix({ op: 'add', path, value: expected });
  const code = found === undefined ? 'FIELD_MISSING' : 'GROUP_ID_DIFFERS';
  report.add({ code, at, breaks: ['calls'], expected, found, fix });
}
