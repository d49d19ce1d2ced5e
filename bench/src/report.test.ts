import { expect, test } from 'vitest';
import { ratiosOf } from './ratios.ts';
import { formatReport } from './report.ts';
import type { Figure, RowResult } from './row.ts';

function figure(median: number, spread = 0): Figure {
  return { median, lowest: median - spread, highest: median + spread };
}

function row(name: string, rate: Figure, counts: RowResult['counts'] = {}): RowResult {
  const p50 = figure(1000 / rate.median, 0.05);
  return {
    name,
    inFlight: 1,
    callsPerSecond: rate,
    p50,
    p99: figure(2.5),
    serverMicros: figure(90),
    counts,
  };
}

const rows = [
  row('unpaid, in sequence', figure(2000, 50)),
  row('unpaid', figure(9000, 100)),
  row('escrow on one channel, in sequence', figure(1000, 10)),
  row('escrow on 64 channels', figure(3000, 200)),
  row('chain not delayed: escrow on 64 channels', figure(3000, 200)),
  row('chain delayed by 50 ms: escrow on 64 channels', figure(2800, 10), {
    chainRequests: figure(4),
  }),
  row('prepaid on 64 tokens', figure(4500, 300)),
];

test('default: a run for a person, with the goals that it met', () => {
  const report = { pinned: true, rounds: 3, rows, ratios: ratiosOf(rows) };
  expect(formatReport(report)).toMatchInlineSnapshot(`
    "Medians of 3 rounds (lowest to highest); daemons on one core, the service on another

    row                                                            calls/s                      p50 ms   p99 ms  daemon us
    unpaid, in sequence                                   2000 (1950-2050)         0.500 (0.450-0.550)     2.50         90
    unpaid                                                9000 (8900-9100)         0.111 (0.061-0.161)     2.50         90
    escrow on one channel, in sequence                     1000 (990-1010)            1.00 (0.95-1.05)     2.50         90
    escrow on 64 channels                                 3000 (2800-3200)         0.333 (0.283-0.383)     2.50         90
    chain not delayed: escrow on 64 channels              3000 (2800-3200)         0.333 (0.283-0.383)     2.50         90
    chain delayed by 50 ms: escrow on 64 channels         2800 (2790-2810)         0.357 (0.307-0.407)     2.50         90
    prepaid on 64 tokens                                  4500 (4200-4800)         0.222 (0.172-0.272)     2.50         90

    escrow on 64 channels / unpaid                                                              0.33     goal at least 0.3: met
    escrow on one channel, in sequence / unpaid, in sequence                                    0.50
    prepaid on 64 tokens / unpaid                                                               0.50     goal at least 0.6: NOT MET
    chain delayed by 50 ms: escrow on 64 channels / chain not delayed: escrow on 64 channels    0.93     goal no slower beyond the spread or 5 %: met
    requests to the delayed chain in that row                                                   4.00
    payment adds, p50 in sequence                                                              0.500 ms  goal at most 0.6: met
    "
  `);
});

test('behavior: no slower means within the spread of the rounds, or 5 %', () => {
  const judge = (one: Figure, other: Figure) => {
    const [ratio] = ratiosOf([
      row('chain delayed by 50 ms: escrow on 64 channels', one),
      row('chain not delayed: escrow on 64 channels', other),
    ]);
    return ratio?.met;
  };
  expect(judge(figure(96), figure(100))).toBe(true);
  expect(judge(figure(80), figure(100))).toBe(false);
  expect(judge(figure(80, 9), figure(100, 12))).toBe(true);
  expect(judge(figure(120, 5), figure(100, 5))).toBe(true);
});

test('behavior: a ratio whose row was not run is left out', () => {
  expect(ratiosOf([row('unpaid', figure(1))])).toEqual([]);
});
