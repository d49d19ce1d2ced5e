/** A Web Lock that is held until it is released, or until its tab ends, however that happens. */
export interface HeldWebLock {
  /** Settles when the lock is held. */
  readonly isHeld: Promise<void>;
  /** Resolves when the others can see that it is free. */
  release(): Promise<void>;
}

/**
 * Takes a lock that all tabs and workers of the site know by its name.
 *
 * @throws DOMException where there are no such locks, as on pages that are not served securely
 */
export function holdWebLock(name: string): HeldWebLock {
  if (globalThis.navigator?.locks === undefined) {
    throw new DOMException('there are no Web Locks', 'NotSupportedError');
  }
  const held = Promise.withResolvers<void>();
  const leaving = Promise.withResolvers<void>();
  const over = navigator.locks.request(name, () => {
    held.resolve();
    return leaving.promise;
  });
  over.catch(held.reject);
  return {
    isHeld: held.promise,
    async release() {
      leaving.resolve();
      await over;
    },
  };
}
