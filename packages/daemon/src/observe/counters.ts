import type { AccountCounters } from '../accounts/account-ports.ts';
import type { LimitKind } from '../admission/rate-limits.ts';
import type { ChainCounters } from '../chain/chain-counters.ts';
import { createListenerCounters, type ListenerCounters } from '../listener/listener-counters.ts';
import type { ChainRequestCounters } from './count-chain-requests.ts';
import { type CommitCounters, createCommitCounters } from './count-commits.ts';
import type { DeliveryCounters } from './delivery/delivery-queue.ts';
import { type CallCounters, createCallCounters } from './metrics/call-counters.ts';
import { createHistogram } from './metrics/histogram.ts';

/**
 * What this process has counted since it started. Plain objects on purpose: to count is one addition,
 * and whoever counts needs to know no more than the fields that are his.
 */
export interface Counters extends AccountCounters {
  /** Calls that asked to be served, paid or not. */
  calls: number;
  /** Calls that are over, by the status code that they ended with, `left` when the client went first. */
  readonly endings: Record<string, number>;
  /** Signers recovered from the signatures of payments. */
  signatureRecoveries: number;
  /** Signers recovered for the daemon's own services. */
  serviceRecoveries: number;
  /** Requests to the daemon's own services. */
  serviceRequests: number;
  /** Calls and requests refused because they came too often, by what was used up. */
  readonly limited: Record<LimitKind, number>;
  /** Faults: what must never happen, and did. */
  faults: number;
  /** Calls by method, and how they were paid. */
  readonly callStats: CallCounters;
  readonly commits: CommitCounters;
  /** What is sent to others (`metering`, `email`, ...), by where it goes. */
  readonly deliveries: Record<string, DeliveryCounters>;
  readonly chain: ChainCounters & ChainRequestCounters;
  /** The latest block, and when it was first told of (milliseconds of `performance.now()`). */
  head: { readonly block: bigint; readonly seenAt: number } | undefined;
  readonly listener: ListenerCounters;
  readonly group: GroupGauges;
  /** Which of several addresses of the service are up, by host and port: 1, or 0 for one that is not. */
  readonly backends: Record<string, number>;
}

/** How this replica stands with its group; what is no count is 0 or 1. */
export interface GroupGauges {
  /** Whether an operator stopped the group. */
  stopped: number;
  /** Whether the store does not answer. */
  storeUnreachable: number;
  /** Whether the organization metadata names another store than this daemon has. */
  otherStore: number;
  /** Replicas of this service that share its limits; 1 where there is no group. */
  replicas: number;
  /** Whether documents are registered that cannot be used, so that older ones go on counting. */
  metadataRefused: number;
  /** Times that the store was restored under this replica. */
  epochs: number;
}

/** Counters at zero. */
export function createCounters(): Counters {
  return {
    calls: 0,
    endings: {},
    signatureRecoveries: 0,
    serviceRecoveries: 0,
    serviceRequests: 0,
    limited: { service: 0, payer: 0, address: 0, own: 0 },
    faults: 0,
    storeReads: 0,
    callCommits: 0,
    otherWrites: 0,
    droppedOrphans: 0,
    callStats: createCallCounters(),
    commits: createCommitCounters(),
    deliveries: {},
    chain: { requests: {}, failures: 0, reorganisations: 0, latency: createHistogram() },
    head: undefined,
    listener: createListenerCounters(),
    group: {
      stopped: 0,
      storeUnreachable: 0,
      otherStore: 0,
      metadataRefused: 0,
      replicas: 1,
      epochs: 0,
    },
    backends: {},
  };
}

/** Adds one to a counter that is kept by name. */
export function countBy(counts: Record<string, number>, name: string | number): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
