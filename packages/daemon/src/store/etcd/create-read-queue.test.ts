import { expect, test } from 'vitest';
import { createReadQueue } from './create-read-queue.ts';

/** Requests that wait until the test answers them. */
function createRequests() {
  const requests: { keys: readonly string[]; answer(): void; fail(cause: Error): void }[] = [];
  const read = (keys: readonly string[]) =>
    new Promise<{ value: Uint8Array; version: bigint }[]>((resolve, reject) => {
      const entries = keys.map((key) => ({ value: Buffer.from(key), version: 1n }));
      requests.push({ keys, answer: () => resolve(entries), fail: reject });
    });
  return { requests, get: createReadQueue({ read }) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('default: reads of one turn share a request, equal keys too', async () => {
  const { requests, get } = createRequests();
  const reads = [get('a'), get('b'), get('a')];
  await turn();
  expect(requests.map(({ keys }) => keys)).toEqual([['a', 'b']]);
  requests[0]?.answer();
  const [first, , second] = await Promise.all(reads);
  expect(Buffer.from(first?.value ?? []).toString()).toBe('a');
  first?.value.fill(0);
  expect(Buffer.from(second?.value ?? []).toString()).toBe('a');
});

test('behavior: a read never joins a request that is under way', async () => {
  const { requests, get } = createRequests();
  const first = get('a');
  await turn();
  const second = get('a');
  await turn();
  expect(requests.length).toBe(2);
  for (const { answer } of requests) answer();
  await Promise.all([first, second]);
});

test('behavior: at most four requests run; the others gather for the next', async () => {
  const { requests, get } = createRequests();
  const reads: Promise<unknown>[] = [];
  for (let n = 0; n < 10; n += 1) {
    reads.push(get(`k${n}`));
    await turn();
  }
  expect(requests.length).toBe(4);
  requests[0]?.answer();
  await turn();
  expect(requests[4]?.keys).toEqual(['k4', 'k5', 'k6', 'k7', 'k8', 'k9']);
  for (const { answer } of requests) answer();
  await Promise.all(reads);
});

test('error: a request that fails fails its reads, and the next ones go on', async () => {
  const { requests, get } = createRequests();
  const lost = expect(get('a')).rejects.toThrow('no connection');
  await turn();
  requests[0]?.fail(new Error('no connection'));
  await lost;
  const next = get('a');
  await turn();
  requests[1]?.answer();
  expect((await next)?.version).toBe(1n);
});
