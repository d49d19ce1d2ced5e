/** A call that may be ended because its client does not send. */
export interface SilentCall {
  giveUpWaiting(): void;
}

/** Calls whose first message is awaited, the one that has been silent for longest first. */
export interface SilentCalls {
  /** The client is awaited from now on, or has just sent something. */
  add(call: SilentCall): void;
  /** The client is awaited no longer. */
  delete(call: SilentCall): void;
}

/**
 * Bounds how many calls may wait for their clients: an open stream costs memory, and its client nothing.
 * Beyond `max` the one that has been silent for longest is given up, so that a client that sends its message
 * with its call or soon after is never hit, however many others do not.
 */
export function createSilentCalls(options: { max: number; onGivenUp: () => void }): SilentCalls {
  const calls = new Set<SilentCall>();
  return {
    add(call) {
      calls.delete(call);
      calls.add(call);
      if (calls.size <= options.max) return;
      for (const oldest of calls) {
        calls.delete(oldest);
        options.onGivenUp();
        oldest.giveUpWaiting();
        return;
      }
    },
    delete(call) {
      calls.delete(call);
    },
  };
}
