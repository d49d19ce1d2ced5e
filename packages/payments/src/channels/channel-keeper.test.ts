import { expect, test } from 'vitest';
import {
  callWith,
  createClient,
  createGate,
  createNetwork,
  unexpectedIncome,
} from '../../test/simulated-network.ts';

test('behavior: a call that is cancelled ends no question that others wait for too', async () => {
  const network = createNetwork();
  const { strategy } = createClient(network);
  const leaving = new AbortController();
  const one = await strategy.pay(callWith(leaving.signal)).attempt();
  const other = await strategy.pay(callWith()).attempt();
  const gate = createGate();
  network.beforeReply = gate.pass;
  const endOfOne = one.end(unexpectedIncome(2n));
  await gate.isReached;
  const endOfOther = other.end(unexpectedIncome(2n));
  await new Promise((resolve) => setImmediate(resolve));
  leaving.abort(new Error('the user pressed stop'));
  expect(await endOfOne).toMatchObject({ code: 'ABORTED', shortMessage: 'The call was cancelled' });
  gate.open();
  expect(await endOfOther).toBe('retry');
});
