import { BaseError, type JsonValue } from '@snetkit/core';
import { parseCid } from '../content/parse-cid.ts';
import { parseContentReference } from '../content/parse-content-reference.ts';
import { peek } from '../documents/peek.ts';
import type { Report } from './report.ts';

/** The daemon fetches what both fields name, and does not start without. */
export function checkApiSource(document: JsonValue, report: Report): void {
  for (const key of ['service_api_source', 'model_ipfs_hash']) {
    const found = peek(document, key);
    if (typeof found !== 'string' || found === '') continue;
    const expected = readFault(found);
    if (expected === undefined) continue;
    report.add({ code: 'API_SOURCE_INVALID', at: [key], breaks: ['daemon'], expected, found });
  }
}

function readFault(text: string): string | undefined {
  try {
    const { cid, path } = parseContentReference(text);
    parseCid(cid);
    // The daemon drops every character that is no letter and no digit.
    return path.length === 0 ? undefined : 'a CID without a path';
  } catch (error) {
    return BaseError.from(error).expected;
  }
}
