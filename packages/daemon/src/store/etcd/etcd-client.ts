import { setTimeout as sleep } from 'node:timers/promises';
import type { DescMessage, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import type { GrpcMethod } from './ask-grpc.ts';
import { createEtcdEndpoint, type EtcdEndpoint } from './etcd-endpoint.ts';
import { classifyEtcdFailure, etcdError, isOutOfSpace } from './etcd-failure.ts';
import type { EtcdClientOptions } from './etcd-options.ts';

/** How a request may be treated. */
export interface EtcdCallOptions {
  /** Sent again also when the first attempt may have been done: for reads and what can be repeated. */
  readonly mayRepeat: boolean;
  /** Milliseconds for all attempts together; the client's unless given. */
  readonly timeoutMs?: number;
}

/** A client of one etcd cluster, over several members. */
export interface EtcdClient {
  /** Endpoints in use, for messages. */
  readonly place: string;
  /**
   * Asks the member that answered last; another one when it cannot be asked, refuses, or (when the
   * request may be repeated) fails.
   *
   * @throws BaseError `STORE_UNAVAILABLE`; its cause tells more
   */
  call<I extends DescMessage, O extends DescMessage>(
    method: GrpcMethod<I, O>,
    message: MessageInitShape<I>,
    options: EtcdCallOptions,
  ): Promise<MessageShape<O>>;
  /**
   * Uses other members from now on; requests that run end where they run.
   *
   * @throws BaseError when none of them can be reached or they belong to another cluster; then
   *   nothing changes
   */
  setEndpoints(urls: readonly string[]): Promise<void>;
  close(): void;
}

/** Pause before the members are tried once more. */
const roundPauseMs = 50;

/** Connects to nothing yet. */
export function createEtcdClient(options: EtcdClientOptions): EtcdClient {
  const { tls, user, connectTimeoutMs = 2_000, requestTimeoutMs = 3_000 } = options;
  let clusterId: bigint | undefined;
  let endpoints = options.endpoints.map(open);
  /** The one that is asked first. */
  let current = 0;
  let isClosed = false;

  function open(url: string): EtcdEndpoint {
    return createEtcdEndpoint(url, { tls, user, connectTimeoutMs, checkCluster });
  }

  // Versions of another cluster mean something else, and two clusters under one list of endpoints
  // would be two books for the same money.
  function checkCluster(found: bigint, place: string): void {
    clusterId ??= found;
    if (found === clusterId) return;
    throw new BaseError('STORE_UNAVAILABLE', 'This etcd belongs to another cluster.', {
      place,
      expected: `cluster ${clusterId.toString(16)}`,
      found: `cluster ${found.toString(16)}`,
      hint: 'All endpoints must be members of one cluster. To move to another, stop all daemons, copy the data (snetd store export, import) and start again.',
    });
  }

  async function call<I extends DescMessage, O extends DescMessage>(
    method: GrpcMethod<I, O>,
    message: MessageInitShape<I>,
    { mayRepeat, timeoutMs = requestTimeoutMs }: EtcdCallOptions,
  ): Promise<MessageShape<O>> {
    const deadline = performance.now() + timeoutMs;
    let failure: unknown;
    for (let attempt = 1; ; attempt += 1) {
      if (isClosed) throw new BaseError('STORE_CLOSED', 'The store is closed.', { place: place() });
      const endpoint = endpoints[current] as EtcdEndpoint;
      const left = deadline - performance.now();
      if (left <= 0) throw failure ?? tooLate(endpoint, timeoutMs);
      // Half of what is left, as long as somebody else could be asked in the other half.
      const share = endpoints.length > 1 && left > 200 ? left / 2 : left;
      try {
        await endpoint.prepare(share);
      } catch (cause) {
        failure = cause;
        leave(endpoint);
        await pauseAfterRound(attempt, deadline);
        continue;
      }
      try {
        return await endpoint.ask(method, message, mayRepeat ? share : left);
      } catch (cause) {
        failure = etcdError(cause, endpoint.place);
        const kind = classifyEtcdFailure(cause);
        if (kind === 'refused' || kind === 'unclear') leave(endpoint);
        const again =
          kind === 'refused' ||
          (kind === 'token' && user !== undefined) ||
          (kind === 'unclear' && mayRepeat && !isOutOfSpace(cause));
        if (!again) throw failure;
        await pauseAfterRound(attempt, deadline);
      }
    }
  }

  /** The next request goes to the next member, unless it does already. */
  function leave(endpoint: EtcdEndpoint): void {
    if (endpoints[current] === endpoint) current = (current + 1) % endpoints.length;
  }

  async function pauseAfterRound(attempt: number, deadline: number): Promise<void> {
    if (attempt % endpoints.length !== 0) return;
    await sleep(Math.max(0, Math.min(roundPauseMs, deadline - performance.now())));
  }

  function tooLate(endpoint: EtcdEndpoint, timeoutMs: number): BaseError {
    return new BaseError('STORE_UNAVAILABLE', 'etcd did not answer in time.', {
      place: endpoint.place,
      expected: `an answer within ${timeoutMs} ms`,
    });
  }

  function place(): string {
    return endpoints.map((endpoint) => endpoint.place).join(', ');
  }

  return {
    get place() {
      return place();
    },
    call,
    async setEndpoints(urls) {
      const kept = new Map(endpoints.map((endpoint) => [endpoint.url, endpoint]));
      const next = urls.map((url) => kept.get(url) ?? open(url));
      const added = next.filter((endpoint) => !kept.has(endpoint.url));
      const tried = await Promise.allSettled(next.map((one) => one.prepare(connectTimeoutMs)));
      const firstUsable = tried.findIndex(({ status }) => status === 'fulfilled');
      if (firstUsable < 0 || isClosed) {
        for (const endpoint of added) endpoint.close();
        const [first] = tried;
        throw first?.status === 'rejected'
          ? first.reason
          : new BaseError('STORE_CLOSED', 'The store is closed.');
      }
      const dropped = endpoints.filter((endpoint) => !next.includes(endpoint));
      endpoints = next;
      current = firstUsable;
      for (const endpoint of dropped) endpoint.close();
    },
    close() {
      isClosed = true;
      for (const endpoint of endpoints) endpoint.close();
    },
  };
}
