import type { Figure, RowResult } from './row.ts';

/** A figure that says something on any machine, and the goal it is held against. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 'ms' | 'MiB';
  readonly goal?: Goal;
  readonly met?: boolean;
}

/** What a figure should be. */
export interface Goal {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The row may be slower by what rounds differ by, or by 5 %. */
  readonly noSlower?: true;
}

/** How a figure comes from rows. */
interface Definition {
  readonly name: string;
  readonly unit: Ratio['unit'];
  /** Names of the rows that it needs. */
  readonly from: readonly string[];
  readonly goal: Goal | undefined;
  compute(rows: readonly RowResult[]): number;
}

const tolerance = 0.05;
const delayed = 'chain delayed by 50 ms: escrow on 64 channels';
const etcd = 'etcd: escrow on 64 channels';
const inSequence = 'escrow on one channel, in sequence';

const definitions: readonly Definition[] = [
  rates('unpaid', 'direct'),
  rates('escrow on 64 channels', 'unpaid', { atLeast: 0.3 }),
  rates('escrow on one channel, 32 in flight', 'unpaid'),
  rates(inSequence, 'unpaid, in sequence'),
  rates('prepaid on 64 tokens', 'unpaid', { atLeast: 0.6 }),
  rates('free on 64 wallets', 'unpaid', { atLeast: 0.3 }),
  rates(delayed, 'chain not delayed: escrow on 64 channels', { noSlower: true }),
  count('requests to the delayed chain in that row', delayed, 'chainRequests'),
  rates(etcd, 'etcd: conditional commits, 64 at once', { atLeast: 0.7 }),
  rates(etcd, 'escrow on 64 channels'),
  count('calls in one transaction of etcd', etcd, 'callsPerTransaction'),
  adds('unpaid', 'unpaid, in sequence', 'direct, in sequence'),
  adds(
    'a block of payment headers',
    'unpaid with payment headers, in sequence',
    'unpaid, in sequence',
  ),
  adds('payment', inSequence, 'unpaid, in sequence', { atMost: 0.6 }),
  adds('payment by the SDK', 'sdk: paid call, in sequence', 'sdk: unpaid call, in sequence', {
    atMost: 1,
  }),
  adds('payment by token', 'prepaid on one token, in sequence', 'unpaid, in sequence'),
  {
    name: 'executable: start to listening, p50',
    unit: 'ms',
    from: ['executable: start, in sequence'],
    goal: { atMost: 250 },
    compute: ([row]) => median(row?.p50),
  },
  memory('executable: memory when idle', 'executable: start, in sequence', 'idleMiB', 90),
  memory(
    'executable: memory under 64 paid clients',
    'executable: escrow by 64 clients',
    'peakMiB',
    150,
  ),
  {
    name: 'one flush of the disk, p50',
    unit: 'ms',
    from: ['disk: fdatasync of 4 KiB, in sequence'],
    goal: undefined,
    compute: ([disk]) => disk?.p50.median ?? 0,
  },
];

/** The ratios of the rows of one run; those that lack a row are left out. */
export function ratiosOf(results: readonly RowResult[]): readonly Ratio[] {
  return definitions.flatMap(({ name, unit, from, goal, compute }) => {
    const rows = from.flatMap((wanted) => results.find((row) => row.name === wanted) ?? []);
    if (rows.length < from.length) return [];
    const value = Number(compute(rows).toFixed(3));
    return [{ name, unit, value, ...(goal && { goal, met: isMet(goal, value, rows) }) }];
  });
}

/** Calls a second of one row, as a part of another's. */
function rates(row: string, base: string, goal?: Goal): Definition {
  return {
    name: `${row} / ${base}`,
    unit: '',
    from: [row, base],
    goal,
    compute: ([one, other]) => median(one?.callsPerSecond) / median(other?.callsPerSecond),
  };
}

/** Milliseconds that one row takes longer than another. */
function adds(what: string, row: string, base: string, goal?: Goal): Definition {
  return {
    name: `${what} adds, p50 in sequence`,
    unit: 'ms',
    from: [row, base],
    goal,
    compute: ([one, other]) => median(one?.p50) - median(other?.p50),
  };
}

/** Something that a row counted. */
function count(name: string, row: string, what: string): Definition {
  return {
    name,
    unit: '',
    from: [row],
    goal: undefined,
    compute: ([one]) => median(one?.counts[what]),
  };
}

/** Resident memory that a row has read. */
function memory(name: string, row: string, what: string, atMost: number): Definition {
  return { ...count(name, row, what), unit: 'MiB', goal: { atMost } };
}

function median(figure: Figure | undefined): number {
  return figure?.median ?? Number.NaN;
}

function isMet(goal: Goal, value: number, [row, base]: readonly RowResult[]): boolean {
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = goal;
  if (goal.noSlower === true) {
    const [fastest = 0, slowest = 0] = [row?.callsPerSecond.highest, base?.callsPerSecond.lowest];
    return fastest >= slowest || value >= 1 - tolerance;
  }
  return value >= atLeast && value <= atMost;
}
