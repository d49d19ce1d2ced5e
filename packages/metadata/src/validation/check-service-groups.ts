import type { JsonValue } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { checkRepeated } from './check-repeated.ts';
import type { Report } from './report.ts';

/** What the fields of one group have to do with each other. */
export function checkServiceGroups(document: JsonValue, report: Report): void {
  for (const [i, group] of peekList(document, 'groups').entries()) {
    checkRepeated(document, ['groups', i, 'endpoints'], 'ENDPOINT_REPEATED', report);
    checkRepeated(document, ['groups', i, 'daemon_addresses'], 'DAEMON_ADDRESS_REPEATED', report);
    checkFreeCalls(group, i, report);
  }
}

function checkFreeCalls(group: JsonValue, index: number, report: Report): void {
  const count = peek(group, 'free_calls') ?? 0;
  const signer = peek(group, 'free_call_signer_address') ?? '';
  if ((typeof count !== 'number' && typeof count !== 'bigint') || typeof signer !== 'string')
    return;
  if (count > 0 && signer === '') {
    const at = ['groups', index, 'free_call_signer_address'];
    const expected = 'the address that signs tokens of free calls';
    report.add({ code: 'FREE_CALLS_WITHOUT_SIGNER', at, breaks: [], expected, found: undefined });
  }
  if (count === 0 && signer !== '') {
    const at = ['groups', index, 'free_calls'];
    const expected = 'a number of calls';
    report.add({ code: 'FREE_CALL_SIGNER_UNUSED', at, breaks: [], expected, found: count });
  }
}
