import type { RowResult } from './row.ts';

/** A figure that says something on any machine, and the goal it is held against. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly unit: '' | 'ms';
  readonly goal?: { readonly atLeast?: number; readonly atMost?: number };
  readonly met?: boolean;
}

/** The ratios of the gateway rows, within one run. */
export function gatewayRatios(rows: readonly RowResult[]): readonly Ratio[] {
  const find = (name: string) => {
    const row = rows.find((one) => one.name === name);
    if (row === undefined) throw new Error(`there is no row ${name}`);
    return row;
  };
  const rate = (name: string) => find(name).callsPerSecond.median;
  const p50 = (name: string) => find(name).p50.median;
  const inSequence = 'escrow on one channel, in sequence';
  return [
    ratio('unpaid / direct', rate('unpaid') / rate('direct')),
    ratio('escrow on 64 channels / unpaid', rate('escrow on 64 channels') / rate('unpaid'), {
      atLeast: 0.3,
    }),
    ratio(
      'escrow on one channel, 32 in flight / unpaid',
      rate('escrow on one channel, 32 in flight') / rate('unpaid'),
    ),
    ratio(
      'escrow in sequence / unpaid in sequence',
      rate(inSequence) / rate('unpaid, in sequence'),
    ),
    milliseconds(
      'unpaid adds, p50 in sequence',
      p50('unpaid, in sequence') - p50('direct, in sequence'),
    ),
    milliseconds('payment adds, p50 in sequence', p50(inSequence) - p50('unpaid, in sequence'), {
      atMost: 0.6,
    }),
  ];
}

function ratio(name: string, value: number, goal?: Ratio['goal']): Ratio {
  return judge({ name, value: Number(value.toFixed(3)), unit: '' }, goal);
}

function milliseconds(name: string, value: number, goal?: Ratio['goal']): Ratio {
  return judge({ name, value: Number(value.toFixed(3)), unit: 'ms' }, goal);
}

function judge(figure: Ratio, goal: Ratio['goal']): Ratio {
  if (goal === undefined) return figure;
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = goal;
  return { ...figure, goal, met: figure.value >= atLeast && figure.value <= atMost };
}
