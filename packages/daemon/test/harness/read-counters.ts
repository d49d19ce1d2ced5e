/** Counters of a daemon, from its Prometheus endpoint: `name` or `name{label="value"}` to number. */
export async function readCounters(
  metricsUrl: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(metricsUrl, { headers })).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

/** Sum of a counter over all its labels. */
export function sumOf(counters: ReadonlyMap<string, number>, name: string): number {
  return [...counters]
    .filter(([key]) => key === name || key.startsWith(`${name}{`))
    .reduce((sum, [, value]) => sum + value, 0);
}
