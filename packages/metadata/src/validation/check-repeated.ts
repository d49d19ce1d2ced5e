import type { JsonValue } from '@snetkit/core';
import { formatPointer } from '../documents/json-pointer.ts';
import { peekList } from '../documents/peek-list.ts';
import { createFix } from './create-fix.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Report } from './report.ts';

/** A list of texts has each of them once. */
export function checkRepeated(
  document: JsonValue,
  list: readonly (string | number)[],
  code: FindingCode,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [i, item] of peekList(document, ...list).entries()) {
    if (typeof item !== 'string') continue;
    if (!seen.has(item)) {
      seen.add(item);
      continue;
    }
    const path = formatPointer([...list, i]);
    const fix = createFix({ op: 'remove', path });
    report.add({ code, at: [...list, i], breaks: [], expected: 'each once', found: item, fix });
  }
}
