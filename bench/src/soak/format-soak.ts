import type { Sample } from './read-sample.ts';
import type { SoakReport } from './run-soak.ts';

const mebibyte = 1024 * 1024;

/** One line for each look at a daemon. */
export function formatSample(name: string, sample: Sample): string {
  const { second, rss, heap, external, descriptors, connections, calls } = sample;
  return [
    `${(second / 60).toFixed(1)} min`.padStart(9),
    name.padEnd(5),
    `rss ${mib(rss)}`,
    `heap ${mib(heap)}`,
    `external ${mib(external)}`,
    `${descriptors} descriptors`,
    `${connections} connections`,
    `${calls} calls running`,
    `late p99 ${sample.delayP99.toFixed(0)} ms, max ${sample.delayMax.toFixed(0)} ms`,
    `${sample.totalCalls} calls`,
  ].join('  ');
}

/** What came of the run, and whether that is well. */
export function formatSoak(report: SoakReport): string {
  const { money, otherwise, reloads } = report;
  const lines = ['', `${(report.seconds / 60).toFixed(1)} minutes`, ''];
  for (const [name, count] of Object.entries(report.asPlanned)) {
    lines.push(`${String(count).padStart(9)}  ${name}`);
  }
  for (const [name, { count, first }] of Object.entries(otherwise)) {
    lines.push(`${String(count).padStart(9)}  ${name}, but otherwise: ${first}`);
  }
  lines.push(
    '',
    `reloads: ${reloads.metadata} of metadata, ${reloads.certificate} of the certificate (${report.certificates} seen), ${reloads.hangUp} times SIGHUP`,
    '',
  );
  for (const { name, growth } of report.daemons) {
    for (const { name: what, first, last, allowed, perHour, isWithin } of growth) {
      const show = what === 'descriptors' ? (value: number) => value.toFixed(1) : mib;
      lines.push(
        `${isWithin ? 'ok    ' : 'GROWN '} ${name.padEnd(5)} ${what.padEnd(11)} first third ${show(first)}, last third ${show(last)}, allowed +${show(allowed)}, ${show(perHour)} an hour`,
      );
    }
  }
  const isEven = money.differences.length === 0;
  lines.push(
    `${isEven ? 'ok    ' : 'MONEY '} delivered ${money.delivered} calls, charged ${money.charged}`,
    ...money.differences.slice(0, 20).map((text) => `       ${text}`),
  );
  return `${lines.join('\n')}\n`;
}

/** Whether money agrees and nothing has grown beyond its bound. */
export function isSoakWell({ money, daemons }: SoakReport): boolean {
  const isWithin = daemons.every(({ growth }) => growth.every((one) => one.isWithin));
  return money.differences.length === 0 && isWithin;
}

function mib(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}
