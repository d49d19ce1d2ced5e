/** The way of requests to the daemons of one group. */
export interface Route {
  /** The daemon that requests go to now. */
  readonly endpoint: string;
  /** As the global one, for URLs below the first endpoint. */
  readonly fetch: typeof globalThis.fetch;
}

/**
 * Sends requests to one daemon of a group, and later ones to the next when it cannot be reached. `fetch`
 * does not tell whether a request that failed had been sent: nothing is sent twice here, and what became
 * of a call is the payment's business.
 */
export function createRoute(endpoints: readonly [string, ...string[]]): Route {
  const [first] = endpoints;
  let index = 0;
  const endpointAt = (at: number) => endpoints[at % endpoints.length] ?? first;
  return {
    get endpoint() {
      return endpointAt(index);
    },
    async fetch(input, init) {
      const used = index;
      const url = input instanceof Request ? input.url : String(input);
      const path = url.slice(first.length);
      try {
        return await globalThis.fetch(endpointAt(used) + path, init);
      } catch (error) {
        const isCancelled = init?.signal?.aborted ?? false;
        if (!isCancelled && index === used) index += 1;
        throw error;
      }
    },
  };
}
