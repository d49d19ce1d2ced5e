import { expect, test } from 'vitest';
import { type Backend, createBackends } from './backends.ts';

function create(
  weights: readonly number[],
  options: { check?: (url: URL) => Promise<void>; onChange?: (backend: Backend) => void } = {},
) {
  return createBackends({
    endpoints: weights.map((weight, index) => ({ url: new URL(`http://b${index}`), weight })),
    check: async () => {},
    intervalMs: 60_000,
    ...options,
  });
}

const names = (picked: readonly (Backend | undefined)[]) => picked.map((it) => it?.url.hostname);

test('default: calls are dealt out by weight, and evenly over time', () => {
  const backends = create([3, 1]);
  const picked = Array.from({ length: 8 }, () => backends.pick());
  expect(names(picked)).toEqual(['b0', 'b0', 'b1', 'b0', 'b0', 'b0', 'b1', 'b0']);
  backends.close();
});

test('behavior: one that failed gets nothing until it answers again', async () => {
  const asked = new Map<string, PromiseWithResolvers<void>>();
  const up = Promise.withResolvers<void>();
  const backends = createBackends({
    endpoints: [1, 1].map((weight, index) => ({ url: new URL(`http://b${index}`), weight })),
    check(url) {
      const answer = Promise.withResolvers<void>();
      asked.set(url.hostname, answer);
      return answer.promise;
    },
    intervalMs: 10,
    onChange: (backend) => backend.isUp && up.resolve(),
  });
  const [first] = backends.all as [Backend, Backend];
  backends.failed(first, new TypeError('connect ECONNREFUSED'));
  expect(names([backends.pick(), backends.pick()])).toEqual(['b1', 'b1']);
  asked.get('b0')?.resolve();
  await up.promise;
  expect(names([backends.pick(), backends.pick()]).sort()).toEqual(['b0', 'b1']);
  backends.close();
});

test('behavior: one that does not answer is left out', async () => {
  const down = Promise.withResolvers<void>();
  const backends = create([1, 1], {
    check: ({ hostname }) =>
      hostname === 'b1' ? Promise.reject(new TypeError()) : Promise.resolve(),
    onChange: () => down.resolve(),
  });
  await down.promise;
  expect(names([backends.pick(), backends.pick()])).toEqual(['b0', 'b0']);
  backends.close();
});

test('behavior: one with weight 0 stands by', () => {
  const backends = create([1, 0]);
  expect(names([backends.pick(), backends.pick()])).toEqual(['b0', 'b0']);
  backends.failed(backends.all[0] as Backend, undefined);
  expect(names([backends.pick()])).toEqual(['b1']);
  backends.close();
});

test('behavior: when all are down, each is tried once', () => {
  const backends = create([1, 1]);
  for (const backend of backends.all) backends.failed(backend, undefined);
  const tried = new Set<Backend>();
  for (let pick = backends.pick(tried); pick !== undefined; pick = backends.pick(tried)) {
    tried.add(pick);
  }
  expect(tried.size).toBe(2);
  backends.close();
});

test('behavior: a single one is never asked and never down', () => {
  const backends = create([1], { check: () => Promise.reject(new TypeError('never asked')) });
  const only = backends.all[0] as Backend;
  backends.failed(only, undefined);
  expect(backends.pick()).toBe(only);
  expect(backends.pick(new Set([only]))).toBeUndefined();
  backends.close();
});
