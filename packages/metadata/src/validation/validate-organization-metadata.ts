import type { JsonValue } from '@snetkit/core';
import { formatPointer } from '../documents/json-pointer.ts';
import { peek } from '../documents/peek.ts';
import { peekList } from '../documents/peek-list.ts';
import { organizationShape } from '../schemas/organization-shape.ts';
import { checkGroupNames } from './check-group-names.ts';
import { checkId } from './check-id.ts';
import { checkLiterals } from './check-literals.ts';
import { checkPublishedGroups } from './check-published-groups.ts';
import { checkShape } from './check-shape.ts';
import { createFix } from './create-fix.ts';
import type { Finding } from './finding.ts';
import { createReport, type Report } from './report.ts';

/** What an organization document is held against; each is left out when unknown. */
export interface ValidateOrganizationOptions {
  /** The id in the registry. */
  readonly organizationId?: string | undefined;
  /** `daemon_group_name` of a daemon that shall serve it. */
  readonly groupName?: string | undefined;
  /** The document that is published now. */
  readonly published?: JsonValue | undefined;
  /** The JSON text itself: only there a number such as `10.0` can be told from an integer. */
  readonly text?: string | undefined;
}

/** Blocks of a day, at 12 seconds a block: a provider should have as long to claim. */
const lowThreshold = 7200;
/** Blocks of ten weeks: nobody should have to lock funds for longer. */
const highThreshold = 504_000;

/**
 * Says everything that is wrong with an organization document, or may be: what keeps daemon or calls
 * from working, what somebody should look at, and what official tools refuse
 * (protocol/metadata.md 9). It takes any JSON value, and never throws because of it.
 *
 * @returns errors first, then warnings, then compat; empty when there is nothing to say
 */
export function validateOrganizationMetadata(
  document: JsonValue,
  options: ValidateOrganizationOptions = {},
): Finding[] {
  const { organizationId, groupName, published, text } = options;
  const report = createReport();
  checkShape(document, organizationShape, report);
  if (text !== undefined) checkLiterals(text, organizationShape, report);
  checkGroupNames(document, { groupName, breaks: ['calls', 'official-cli'] }, report);
  for (const i of peekList(document, 'groups').keys()) checkThreshold(document, i, report);
  if (peek(document, 'assets', 'hero_image') === '') {
    const path = '/assets/hero_image';
    const fix = createFix({ op: 'remove', path });
    const at = ['assets', 'hero_image'];
    report.add({ code: 'TEXT_EMPTY', at, breaks: ['official-cli'], found: '', fix });
  }
  if (published !== undefined) {
    checkPublishedGroups(document, published, { breaks: ['official-cli'] }, report);
  }
  checkOrganizationId(document, organizationId, report);
  return report.list();
}

function checkThreshold(document: JsonValue, index: number, report: Report): void {
  const at = ['groups', index, 'payment', 'payment_expiration_threshold'];
  const found = peek(document, ...at);
  if (typeof found !== 'number' && typeof found !== 'bigint') return;
  if (found < lowThreshold) {
    const expected = `at least ${lowThreshold} blocks, a day; 40320 is usual`;
    report.add({ code: 'THRESHOLD_LOW', at, breaks: [], expected, found });
  } else if (found > highThreshold) {
    const expected = `at most ${highThreshold} blocks, ten weeks; 40320 is usual`;
    report.add({ code: 'THRESHOLD_HIGH', at, breaks: [], expected, found });
  }
}

function checkOrganizationId(document: JsonValue, id: string | undefined, report: Report): void {
  const at = ['org_id'];
  const found = peek(document, 'org_id');
  checkId(id, 'The organization id', report);
  if (typeof found === 'string' && found !== '' && found !== id) {
    checkId(found, 'The organization id', report, at);
  }
  if (id === undefined || found === id) return;
  const fix = createFix({ op: 'add', path: formatPointer(at), value: id });
  const code = found === undefined ? 'FIELD_MISSING' : 'ORGANIZATION_ID_DIFFERS';
  report.add({ code, at, breaks: [], expected: JSON.stringify(id), found, fix });
}
