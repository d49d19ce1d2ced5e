import type { Histogram } from './histogram.ts';

/** One number of a family, with what tells it from the others. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  /** A histogram becomes its buckets, sum and count. */
  readonly value: number | bigint | Histogram;
}

/** Numbers that mean the same, as a collector sees them. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly samples: readonly Sample[];
}

/** Families in the Prometheus text format. */
export function formatFamilies(families: readonly Family[]): string {
  const lines: string[] = [];
  for (const { name, help, type, samples } of families) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const { labels = {}, value } of samples) {
      if (typeof value === 'object') lines.push(...formatHistogram(name, labels, value));
      else lines.push(`${name}${formatLabels(labels)} ${value}`);
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

function* formatHistogram(
  name: string,
  labels: Readonly<Record<string, string>>,
  { bounds, counts, sum }: Histogram,
): Iterable<string> {
  let count = 0;
  for (const [index, inBucket] of counts.entries()) {
    count += inBucket;
    const le = bounds[index]?.toString() ?? '+Inf';
    yield `${name}_bucket${formatLabels({ ...labels, le })} ${count}`;
  }
  yield `${name}_sum${formatLabels(labels)} ${sum}`;
  yield `${name}_count${formatLabels(labels)} ${count}`;
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** A label's value as it may stand between quotes. */
export function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
