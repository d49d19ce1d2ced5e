import type { JsonValue } from '@snetkit/core';
import { describeValue } from '../documents/describe-value.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import type { Judge } from './finding.ts';
import { indexGroups } from './index-groups.ts';
import type { Report } from './report.ts';

/** Open channels belong to a group id and a recipient: both outlive a change of the document. */
export function checkPublishedGroups(
  document: JsonValue,
  published: JsonValue,
  { breaks }: { breaks: readonly Judge[] },
  report: Report,
): void {
  const groups = indexGroups(document);
  for (const before of peekList(published, 'groups')) {
    const name = peek(before, 'group_name');
    const found = groups.get(name);
    if (found === undefined) {
      const expected = `the group ${describeValue(name)}`;
      const at = ['groups'];
      const message = `The published group ${describeValue(name)} is gone.`;
      report.add({
        code: 'GROUP_REMOVED',
        at,
        breaks,
        level: 'warning',
        message,
        expected,
        found: undefined,
      });
      continue;
    }
    for (const [code, steps] of compared) {
      const [old, now] = [peek(before, ...steps), peek(found.group, ...steps)];
      if (old === undefined || old === now || sameText(old, now)) continue;
      const expected = `${String(old)}, which is published`;
      report.add({ code, at: ['groups', found.index, ...steps], breaks: [], expected, found: now });
    }
  }
}

const compared = [
  ['GROUP_ID_CHANGED', ['group_id']],
  ['PAYMENT_ADDRESS_CHANGED', ['payment', 'payment_address']],
] as const;

// Letter case is all that may differ between two texts of one address.
function sameText(old: JsonValue, now: JsonValue | undefined): boolean {
  if (typeof old !== 'string' || typeof now !== 'string' || !/^0[xX]/.test(old)) return false;
  return old.toLowerCase() === now.toLowerCase();
}
