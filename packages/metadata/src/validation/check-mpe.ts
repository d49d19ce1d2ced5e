import { type Address, type JsonValue, sameAddress } from '@snetkit/core';
import { peek } from '../documents/peek.ts';
import { addressPattern } from '../schemas/patterns.ts';
import { createFix } from './create-fix.ts';
import type { Report } from './report.ts';

/** The daemon takes its escrow contract from the document, clients theirs from the network table. */
export function checkMpe(document: JsonValue, mpeAddress: Address, report: Report): void {
  const found = peek(document, 'mpe_address');
  const fix = createFix({ op: 'add', path: '/mpe_address', value: mpeAddress });
  if (typeof found !== 'string' || !new RegExp(addressPattern, 'u').test(found)) {
    if (found === undefined) {
      report.add({ code: 'FIELD_MISSING', at: ['mpe_address'], breaks: ['calls'], found, fix });
    }
    return;
  }
  const digits = found.replace(/^0[xX]/, '');
  if (sameAddress(`0x${digits}`, mpeAddress)) return;
  report.add({
    code: 'MPE_ADDRESS_DIFFERS',
    at: ['mpe_address'],
    breaks: ['calls'],
    expected: mpeAddress,
    found,
    fix,
  });
}
