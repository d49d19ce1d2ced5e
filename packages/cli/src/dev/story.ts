import type { Token } from '@snetkit/core';
import type { FundingEvent, MessageObject, PaymentReceipt } from '@snetkit/sdk';

/** One call as it went. */
export interface StoryCall {
  /** `cold`: the first one, which has a channel opened; `warm`: one that asks nobody. */
  readonly kind: 'cold' | 'warm';
  readonly elapsedMs: number;
  readonly receipt: PaymentReceipt;
}

/** What happened between "start" and "paid": everything that is told of it. */
export interface Story {
  readonly token: Token;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  readonly endpoint: string;
  /** Path of the method. */
  readonly method: string;
  /** Cogs. */
  readonly price: bigint;
  readonly channel: FundingEvent;
  readonly request: MessageObject;
  readonly result: MessageObject;
  readonly calls: readonly StoryCall[];
  /** Cogs that the provider can claim now, as its daemon says. */
  readonly claimable: bigint;
  /** Milliseconds until everything was up. */
  readonly startMs: number;
}
