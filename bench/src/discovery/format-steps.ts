import type { DiscoveryStep } from './measure-discovery.ts';

/** Steps for a person, as a table. */
export function formatSteps(steps: readonly DiscoveryStep[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length)) + 1;
  const lines = steps.map(
    ({ name, found, requests, milliseconds }) =>
      name.padEnd(width) +
      String(found).padStart(8) +
      String(requests).padStart(10) +
      String(milliseconds).padStart(8),
  );
  return `${[`${'step'.padEnd(width)}   found  requests      ms`, ...lines].join('\n')}\n`;
}
