import { expect, test } from 'vitest';
import { formatFamilies } from './format-families.ts';
import { createHistogram, observe } from './histogram.ts';

test('default: counters and histograms, with labels that may hold anything', () => {
  const latency = createHistogram([0.01, 1]);
  for (const ms of [0, 10, 11, 999, 5_000]) observe(latency, ms);
  const text = formatFamilies([
    {
      name: 'cogs_total',
      help: 'Cogs.',
      type: 'counter',
      samples: [
        { labels: { kind: 'a"b\\c\nd' }, value: 2n ** 70n },
        { labels: { kind: 'x' }, value: 1 },
      ],
    },
    { name: 'none', help: 'None.', type: 'gauge', samples: [] },
    { name: 'plain', help: 'Plain.', type: 'gauge', samples: [{ value: 1.5 }] },
    {
      name: 'seconds',
      help: 'Latency.',
      type: 'histogram',
      samples: [{ labels: { method: '/a/b' }, value: latency }],
    },
  ]);
  expect(text).toBe(`# HELP cogs_total Cogs.
# TYPE cogs_total counter
cogs_total{kind="a\\"b\\\\c\\nd"} 1180591620717411303424
cogs_total{kind="x"} 1
# HELP none None.
# TYPE none gauge
# HELP plain Plain.
# TYPE plain gauge
plain 1.5
# HELP seconds Latency.
# TYPE seconds histogram
seconds_bucket{method="/a/b",le="0.01"} 2
seconds_bucket{method="/a/b",le="1"} 4
seconds_bucket{method="/a/b",le="+Inf"} 5
seconds_sum{method="/a/b"} 6.02
seconds_count{method="/a/b"} 5
`);
});
