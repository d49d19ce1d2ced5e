import { expect, test } from 'vitest';
import { withDeadline } from './with-deadline.ts';

const never = () => new Promise<never>(() => {});

test('default: what the work returns, and a signal that ends with it', async () => {
  let kept: AbortSignal | undefined;
  const work = async (signal: AbortSignal) => {
    kept = signal;
    expect(signal.aborted).toBe(false);
    return 7;
  };
  expect(await withDeadline({ what: 'The work', timeoutMs: 60_000 }, work)).toBe(7);
  expect(kept?.aborted).toBe(true);
});

test('error: too late', async () => {
  await expect(withDeadline({ what: 'The work', timeoutMs: 1 }, never)).rejects.toThrow(
    expect.objectContaining({ code: 'TIMED_OUT', message: 'The work took longer than 1 ms.' }),
  );
});

test('error: cancelled before and while it runs', async () => {
  const stopped = expect.objectContaining({ code: 'ABORTED', message: 'The work was cancelled.' });
  const options = { what: 'The work', timeoutMs: 60_000 };
  const work = () => expect.unreachable('it started');
  await expect(withDeadline({ ...options, signal: AbortSignal.abort() }, work)).rejects.toThrow(
    stopped,
  );
  const controller = new AbortController();
  const promise = withDeadline({ ...options, signal: controller.signal }, never);
  controller.abort();
  await expect(promise).rejects.toThrow(stopped);
});
