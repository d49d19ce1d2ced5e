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
  const items = peekList(document, ...list);
  for (const [i, item] of items.entries()) {
    if (typeof item !== 'string' || items.indexOf(item) === i) continue;
    const path = formatPointer([...list, i]);
    const fix = createFix({ op: 'remove', path });
    report.add({ code, at: [...list, i], breaks: [], expected: 'each once', found: item, fix });
  }
}
