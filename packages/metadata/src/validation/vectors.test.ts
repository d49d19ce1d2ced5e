import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { organizationText, serviceText } from '../../test/documents.ts';
import { type ValidationCase, vectors } from '../../test/vectors.ts';
import { createJsonSchema } from '../schemas/create-json-schema.ts';
import { organizationShape } from '../schemas/organization-shape.ts';
import { serviceShape } from '../schemas/service-shape.ts';
import type { Finding, Judge } from './finding.ts';
import { getVerdict } from './get-verdict.ts';
import { validateOrganizationMetadata } from './validate-organization-metadata.ts';
import { validateServiceMetadata } from './validate-service-metadata.ts';

const { service, org } = vectors.metadata_validation;
const kinds = [
  { kind: 'service', cases: service, shape: serviceShape },
  { kind: 'organization', cases: org, shape: organizationShape },
] as const;

function makeText(kind: string, { change }: ValidationCase): string {
  const changes = change === null ? [] : [change];
  return kind === 'service' ? serviceText(...changes) : organizationText(...changes);
}

function validate(kind: string, vector: ValidationCase, groupName?: string): Finding[] {
  const document = JSON.parse(makeText(kind, vector));
  return kind === 'service'
    ? validateServiceMetadata(document, { groupName })
    : validateOrganizationMetadata(document, { groupName });
}

function title({ change }: ValidationCase): string {
  if (change === null) return 'unchanged';
  return `${change.path} ${change.remove ? 'removed' : JSON.stringify(change.value)}`.slice(0, 110);
}

describe.each(kinds)('vector: metadata_validation, $kind', ({ kind, cases, shape }) => {
  test('behavior: there are all of them', () => {
    expect(service.length + org.length).toBe(44);
  });

  test.each(cases.map((vector) => [title(vector), vector] as const))('%s', (_, vector) => {
    // The verdict of the daemon was taken with its default configuration.
    const findings = validate(kind, vector, 'default_group');
    const verdict = getVerdict(findings);
    expect(verdict.daemonStarts).toBe(vector.daemon_loads);
    expect(verdict.officialCliAccepts).toBe(vector.cli_schema_valid);
    if (!vector.daemon_loads) expect(findings.map(({ level }) => level)).toContain('error');
  });

  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const judgements: readonly { name: string; judges: readonly Judge[] }[] = [
    { name: 'what works', judges: ['daemon', 'calls'] },
    { name: 'the daemon', judges: ['daemon'] },
    { name: 'the official CLI', judges: ['official-cli'] },
    { name: 'everybody', judges: ['daemon', 'calls', 'official-cli'] },
  ];
  describe.each(judgements)('the JSON Schema of $name says the same', ({ name, judges }) => {
    const id = `${kind} ${name}`;
    const accepts = ajv.compile(createJsonSchema(shape, { judges, id, title: id }));
    test.each(cases.map((vector) => [title(vector), vector] as const))('%s', (_, vector) => {
      const findings = validate(kind, vector);
      const broken = findings.some(({ breaks }) => breaks.some((judge) => judges.includes(judge)));
      expect(accepts(JSON.parse(makeText(kind, vector)))).toBe(!broken);
    });
  });
});
