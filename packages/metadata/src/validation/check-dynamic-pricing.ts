import { getMethodPath } from '../documents/get-method-path.ts';
import type { ProtoMethod } from './proto-method.ts';
import type { Report } from './report.ts';

/**
 * The official daemon keeps the options of one proto file only, and looks for those of a proto
 * without package under a name that no call has (protocol/metadata.md 3.3).
 */
export function checkDynamicPricing(methods: readonly ProtoMethod[], report: Report): void {
  const dynamic = methods.filter(({ estimatePriceMethod }) => estimatePriceMethod !== undefined);
  const files = [...new Set(dynamic.flatMap(({ file }) => file ?? []))];
  const at = ['service_api_source'];
  if (files.length > 1) {
    const expected = 'the options of all methods in one proto file';
    report.add({ code: 'DYNAMIC_PRICING_LOST', at, breaks: [], expected, found: files });
    return;
  }
  const lost = dynamic.filter(({ packageName }) => packageName === '').map(getMethodPath);
  if (lost.length === 0) return;
  const expected = 'a package in the proto file';
  report.add({ code: 'DYNAMIC_PRICING_LOST', at, breaks: [], expected, found: lost });
}
