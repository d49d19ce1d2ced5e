import type { Change } from './vectors.ts';
import { vectors } from './vectors.ts';

const { service_base, org_base } = vectors.metadata_validation;

/** The text of the service document of the vectors, changed. */
export function serviceText(...changes: readonly Change[]): string {
  return JSON.stringify(changes.reduce(applyChange, service_base));
}

/** The text of the organization document of the vectors, changed. */
export function organizationText(...changes: readonly Change[]): string {
  return JSON.stringify(changes.reduce(applyChange, org_base));
}

/** A copy of a JSON value with one place changed. */
function applyChange(base: object, change: Change): object {
  const copy = structuredClone(base);
  const keys = change.path.split('/').slice(1);
  const last = keys.pop() ?? '';
  let parent = copy as Record<string, unknown>;
  for (const key of keys) parent = parent[key] as Record<string, unknown>;
  if (change.remove === true) delete parent[last];
  else parent[last] = change.value;
  return change.and === undefined ? copy : applyChange(copy, change.and);
}
