import { describe, expect, test } from 'vitest';
import { organizationText, serviceText } from '../../test/documents.ts';
import { type ValidationCase, vectors } from '../../test/vectors.ts';
import { getApiSource } from './get-api-source.ts';
import { getServiceGroup } from './get-service-group.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';

/**
 * Cases in which reading decides otherwise than the start of the official daemon does: the validator
 * of whole documents, which comes later, will report them.
 */
const leftToTheValidator: readonly { path: string; reason: string }[] = [
  {
    path: '/groups/0/payment/payment_channel_storage_client/endpoints removed',
    reason:
      'only a daemon on etcd needs the endpoints; ours keeps its store elsewhere unless told otherwise, and a client never looks at them',
  },
];

function name({ change }: ValidationCase): string {
  if (change === null) return 'unchanged';
  return `${change.path} ${change.remove ? 'removed' : `= ${JSON.stringify(change.value)}`}`.slice(
    0,
    110,
  );
}

/** Everything that reading, and joining both documents, decides. */
function load(service: string, organization: string): boolean | string {
  try {
    const document = parseServiceMetadata(service);
    getServiceGroup(document, parseOrganizationMetadata(organization), 'default_group');
    getApiSource(document);
    return true;
  } catch {
    return false;
  }
}

const { service, org } = vectors.metadata_validation;

describe.each([
  ['service', service.map((vector) => [name(vector), vector] as const)],
  ['organization', org.map((vector) => [name(vector), vector] as const)],
] as const)('vector: %s', (kind, cases) => {
  test.each(cases)('%s', (title, { change, daemon_loads }) => {
    const changes = change === null ? [] : [change];
    const loads =
      kind === 'service'
        ? load(serviceText(...changes), organizationText())
        : load(serviceText(), organizationText(...changes));
    const left = leftToTheValidator.some(({ path }) => path === title);
    expect(loads).toBe(left ? !daemon_loads : daemon_loads);
  });
});
