import { expect, test } from 'vitest';
import type { CallHead } from '../call/exchange.ts';
import { createAdmission } from './admit.ts';
import { createStopSwitch, stoppedStatus } from './stop-switch.ts';

const head: CallHead = { path: '/a.B/C', metadata: {}, peer: { address: '127.0.0.1' } };

test('default: without gates every call is let through', () => {
  expect(createAdmission([])(head)).toBeUndefined();
});

test('behavior: the stop switch refuses with 14 until it is turned on again', () => {
  const stopSwitch = createStopSwitch();
  const admit = createAdmission([() => (stopSwitch.isStopped ? stoppedStatus : undefined)]);
  stopSwitch.set(true);
  expect(admit(head)).toEqual({
    code: 14,
    message: 'No requests are currently being processed, please try again later',
  });
  stopSwitch.set(false);
  expect(admit(head)).toBeUndefined();
});

test('behavior: the first refusal counts', () => {
  const refusal = (code: number) => () => ({ code, message: '' });
  expect(createAdmission([() => undefined, refusal(8), refusal(14)])(head)?.code).toBe(8);
});
