import { expect, test } from 'vitest';
import { testConfig } from '../../../test/services/test-config.ts';
import { createLogger } from '../logger.ts';
import type { CallReport } from './call-report.ts';
import { createCallLog } from './log-call.ts';

const report: CallReport = {
  requestId: 'id',
  head: { path: '/a/b', metadata: {}, peer: { address: '127.0.0.1' } },
  end: { code: 13, message: 'broken' },
  startedAt: 0,
  ms: 1.23456,
  kind: 'escrow',
  payment: undefined,
  isCharged: false,
};

test('behavior: a flood of failures is told in ten lines a second, and how many more there were', async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = { write: (line: string) => lines.push(JSON.parse(line)) };
  let now = 5_000;
  const callLog = createCallLog(createLogger(await testConfig({}), { sink }), () => now);
  const how = { isPastPayment: true };
  expect(callLog.wants(report.end, how)).toBe(true);
  for (let count = 0; count < 100; count += 1) callLog.write(report, how);
  expect(lines).toHaveLength(10);
  now += 1_000;
  callLog.write(report, how);
  expect(lines.slice(10)).toMatchObject([
    { event: 'calls', skipped: 90 },
    { event: 'call-failed', requestId: 'id', path: '/a/b', end: '13', ms: 1.235 },
  ]);
});

test.each([
  ['a refusal of a payment', report.end, false],
  ['a client that left', 'left' as const, true],
  ['a good call', { code: 0, message: '' }, true],
  [
    'a failure that the client brought about',
    { code: 14, message: '', isClients: true as const },
    true,
  ],
])('behavior: %s is no failure', async (_, end, isPastPayment) => {
  const callLog = createCallLog(createLogger(await testConfig({}), { sink: { write() {} } }));
  expect(callLog.wants(end, { isPastPayment })).toBe(false);
});
