import type { Address, JsonValue } from '@snetkit/core';
import { findLegacyMark } from '../documents/find-legacy-mark.ts';
import { parsePointer } from '../documents/json-pointer.ts';
import { peek } from '../documents/peek.ts';
import { serviceShape } from '../schemas/service-shape.ts';
import { checkApiSource } from './check-api-source.ts';
import { checkArchive } from './check-archive.ts';
import { checkDynamicPricing } from './check-dynamic-pricing.ts';
import { checkGroupNames } from './check-group-names.ts';
import { checkId } from './check-id.ts';
import { checkLiterals } from './check-literals.ts';
import { checkMpe } from './check-mpe.ts';
import { checkPricing } from './check-pricing.ts';
import { checkPublishedGroups } from './check-published-groups.ts';
import { checkRepeated } from './check-repeated.ts';
import { checkServiceGroups } from './check-service-groups.ts';
import { checkShape } from './check-shape.ts';
import { checkSharedGroups } from './check-shared-groups.ts';
import type { Finding } from './finding.ts';
import type { ProtoMethod } from './proto-method.ts';
import { createReport } from './report.ts';

/** What a service document is held against, besides its own rules; each is left out when unknown. */
export interface ValidateServiceOptions {
  /** The organization document: the published one, or the one that is published before the service. */
  readonly organization?: JsonValue | undefined;
  /** The escrow contract of the network table. */
  readonly mpeAddress?: Address | undefined;
  /** All methods of the protos, or at least those of the service. */
  readonly methods?: readonly ProtoMethod[] | undefined;
  /** Names of the entries of the proto archive. */
  readonly archiveFiles?: readonly string[] | undefined;
  readonly organizationId?: string | undefined;
  readonly serviceId?: string | undefined;
  /** `daemon_group_name` of the daemon that shall serve it. */
  readonly groupName?: string | undefined;
  /** The document that is published now. */
  readonly published?: JsonValue | undefined;
  /** The JSON text itself: only there a number such as `10.0` can be told from an integer. */
  readonly text?: string | undefined;
}

/**
 * Says everything that is wrong with a service document, or may be: what keeps daemon or calls from
 * working, what somebody should look at, and what official tools refuse (protocol/metadata.md 9).
 * It takes any JSON value, and never throws because of it.
 *
 * @returns errors first, then warnings, then compat; empty when there is nothing to say
 */
export function validateServiceMetadata(
  document: JsonValue,
  options: ValidateServiceOptions = {},
): Finding[] {
  const { organization, mpeAddress, methods, archiveFiles, groupName, published, text } = options;
  const report = createReport();
  const mark = findLegacyMark(document);
  if (mark !== undefined) {
    report.add({
      code: 'LEGACY_LAYOUT',
      at: parsePointer(mark),
      breaks: [],
      expected: 'pricing and endpoints inside groups, the payment address with the organization',
      found: peek(document, ...parsePointer(mark).map(toStep)),
      hint: 'Convert the document with upgradeServiceMetadata.',
    });
  }
  checkShape(document, serviceShape, report);
  if (text !== undefined) checkLiterals(text, serviceShape, report);
  checkApiSource(document, report);
  if (mpeAddress !== undefined) checkMpe(document, mpeAddress, report);
  checkGroupNames(document, { groupName, breaks: ['calls'] }, report);
  checkServiceGroups(document, report);
  checkPricing(document, methods, report);
  if (organization !== undefined) checkSharedGroups(document, organization, report);
  if (published !== undefined) checkPublishedGroups(document, published, { breaks: [] }, report);
  if (methods !== undefined) checkDynamicPricing(methods, report);
  if (archiveFiles !== undefined) checkArchive(archiveFiles, report);
  checkRepeated(document, ['tags'], 'TAG_REPEATED', report);
  checkId(options.organizationId, 'The organization id', report);
  checkId(options.serviceId, 'The service id', report);
  return report.list();
}

function toStep(step: string): string | number {
  return /^[0-9]+$/.test(step) ? Number(step) : step;
}
