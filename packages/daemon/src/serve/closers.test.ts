import { expect, test } from 'vitest';
import { createClosers, createParallelClosers } from './closers.ts';

test('default: what was opened last is closed first, and only once', async () => {
  const closed: string[] = [];
  const closers = createClosers();
  closers.add(() => void closed.push('store'));
  closers.add(async () => void closed.push('listener'));
  await closers.close(() => {});
  await closers.close(() => {});
  expect(closed).toEqual(['listener', 'store']);
});

test('behavior: a failure is told and does not keep the others open', async () => {
  const closed: string[] = [];
  const faults: unknown[] = [];
  const closers = createClosers();
  const fault = new Error('stuck');
  closers.add(() => void closed.push('store'));
  closers.add(async () => {
    throw fault;
  });
  await closers.close((one) => faults.push(one));
  expect(closed).toEqual(['store']);
  expect(faults).toEqual([fault]);
});

test('behavior: in parallel, all are closed at once, and one that fails does not keep the others open', async () => {
  const closers = createParallelClosers();
  const log: string[] = [];
  const last = Promise.withResolvers<void>();
  closers.add(async () => {
    await last.promise;
    log.push('first');
  });
  closers.add(() => {
    throw new Error('broken');
  });
  closers.add(() => last.resolve());
  await closers.close((fault) => log.push(String(fault)));
  expect(log).toEqual(['Error: broken', 'first']);
});
