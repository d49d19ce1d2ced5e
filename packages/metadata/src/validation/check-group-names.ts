import type { JsonValue } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import type { Judge } from './finding.ts';
import type { Report } from './report.ts';

/** Names of groups are unique, and the daemon's is among them. */
export function checkGroupNames(
  document: JsonValue,
  options: { groupName: string | undefined; breaks: readonly Judge[] },
  report: Report,
): void {
  const { groupName, breaks } = options;
  const names = peekList(document, 'groups').map((group) => peek(group, 'group_name'));
  const seen = new Set<JsonValue>();
  for (const [i, name] of names.entries()) {
    if (name === undefined) continue;
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    const at = ['groups', i, 'group_name'];
    report.add({ code: 'GROUP_NAME_REPEATED', at, breaks, expected: 'another name', found: name });
  }
  if (groupName === undefined || names.includes(groupName)) return;
  report.add({
    code: 'GROUP_NOT_FOUND',
    at: ['groups'],
    breaks: ['daemon'],
    expected: JSON.stringify(groupName),
    found: names.flatMap((name) => name ?? []),
    hint: 'Add the group, or set daemon_group_name to one that is there.',
  });
}
