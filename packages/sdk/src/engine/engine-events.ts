import type { FundingEvent, PaymentReceipt } from '@snetkit/payments';
import type { CallReceipt } from '../receipts/call-receipt.ts';

/** Which client something happened to. */
export interface ClientName {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Name of the account. */
  readonly account: string;
}

/** What an engine tells of all its service clients. */
export interface EngineEvents {
  /** A transaction has opened a channel, topped it up or extended it. */
  readonly funding: ClientName & FundingEvent;
  /** A call was charged. */
  readonly payment: ClientName & { readonly path: string; readonly receipt: PaymentReceipt };
  /** A call is over, whatever became of it. */
  readonly receipt: CallReceipt;
}

/** Tells events to whoever wants to know. */
export class EventSource<Events> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** @returns ends it */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Whether anybody listens. */
  has(name: keyof Events): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event as never);
  }
}
