import type { MetadataOrigin } from './metadata-origin.ts';

/**
 * The steps of an origin as one line: `registry snet/example -> ipfs://Qm... -> https://ipfs.io`.
 */
export function describeOrigin(origin: MetadataOrigin): string {
  const { provider, verified, pin, refused } = origin;
  const last = origin.way === 'file' && provider === origin.file ? [] : [provider];
  const steps = [...listSteps(origin), ...last];
  const notes = [
    verified === 'none'
      ? 'not verified: nothing tells its hash'
      : `verified by ${pin ?? 'its CID'}`,
    ...refused.map((one) => `${one.provider} refused: ${one.code}`),
  ];
  return `${[...new Set(steps)].join(' -> ')} (${notes.join('; ')})`;
}

function listSteps(origin: MetadataOrigin): string[] {
  if (origin.way === 'file') return [`file ${origin.file}`];
  if (origin.way === 'uri') return [origin.uri];
  const { organizationId, serviceId, uri } = origin;
  const name = serviceId === undefined ? organizationId : `${organizationId}/${serviceId}`;
  return [`registry ${name}`, uri];
}
