/** The transactions that this process has under way for one account on one chain. */
export interface AccountQueue {
  /** Nonces that were sent and not yet seen mined. */
  readonly inFlight: Set<number>;
  /** Runs `work` when all earlier work has ended, whatever became of it. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const queues = new Map<string, AccountQueue & { users: number }>();

/**
 * Lends the queue of an account to `use`. It is forgotten when nobody uses it any more: what the
 * chain counts is enough then.
 *
 * @param key - names endpoint, chain and account
 */
export async function withAccountQueue<T>(
  key: string,
  use: (queue: AccountQueue) => Promise<T>,
): Promise<T> {
  const queue = queues.get(key) ?? createQueue();
  queues.set(key, queue);
  queue.users += 1;
  try {
    return await use(queue);
  } finally {
    queue.users -= 1;
    if (queue.users === 0) queues.delete(key);
  }
}

function createQueue(): AccountQueue & { users: number } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    users: 0,
    inFlight: new Set(),
    run(work) {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    },
  };
}
