import { BaseError, stringifyJson } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { ChainTimers } from '../chain/timers.ts';
import type { Logger } from '../observe/logger.ts';
import type { PublishedServiceState } from './published-service.ts';

/** Where the Registry says that both documents are. */
export type ServiceUris = Pick<ResolvedService, 'organizationUri' | 'serviceUri'>;

/** Options of {@link followService}. */
export interface FollowServiceOptions {
  readonly published: PublishedServiceState;
  /** Asks the Registry alone. */
  readonly readUris: () => Promise<ServiceUris>;
  /** Reads and checks what the Registry names. */
  readonly resolve: () => Promise<ResolvedService>;
  /** What of the next documents cannot be followed; undefined when all can. */
  readonly describeLasting: (current: ResolvedService, next: ResolvedService) => string | undefined;
  /** Milliseconds between two looks at the Registry; 0 for never. */
  readonly intervalMs: number;
  readonly timers: ChainTimers;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Gauge for operators. */
  readonly counters: { metadataRefused: number };
  readonly log: Pick<Logger, 'info' | 'error' | 'debug'>;
}

/** Follows what is published. */
export interface ServiceFollower {
  /** Looks at the Registry now. Never rejects. */
  look(): Promise<void>;
}

/**
 * Looks at the Registry now and then. When it names other documents, and they are good, they count from
 * the next call on; calls that run keep their price. When they are not, or change what cannot change
 * while calls run, the old ones go on counting, health and log say so, and they are looked at again.
 */
export function followService(options: FollowServiceOptions): ServiceFollower {
  const { published, intervalMs, timers, signal, counters, log } = options;
  let told: string | undefined;
  let running: Promise<void> | undefined;

  function schedule(): void {
    const cancel = timers.after(intervalMs, () => {
      signal.removeEventListener('abort', cancel);
      void look().finally(() => {
        if (!signal.aborted) schedule();
      });
    });
    signal.addEventListener('abort', cancel, { once: true });
  }

  /** One look at a time. */
  function look(): Promise<void> {
    running ??= lookOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function lookOnce(): Promise<void> {
    let uris: ServiceUris;
    try {
      uris = await options.readUris();
    } catch (cause) {
      const error = BaseError.from(cause);
      // A node that does not answer says nothing about documents.
      if (error.code === 'NOT_REGISTERED') refuse(error.shortMessage, error);
      else log.debug({ event: 'metadata', error }, 'The Registry cannot be asked');
      return;
    }
    const { organizationUri, serviceUri } = published.service;
    if (uris.organizationUri === organizationUri && uris.serviceUri === serviceUri) {
      accept();
      return;
    }
    try {
      const next = await options.resolve();
      if (signal.aborted) return;
      const lasting = options.describeLasting(published.service, next);
      if (lasting !== undefined) {
        refuse(lasting);
        return;
      }
      published.adopt(next);
      accept();
      log.info({ event: 'metadata', ...describe(next) }, 'New metadata count');
    } catch (error) {
      if (!signal.aborted) refuse(BaseError.from(error).shortMessage, error);
    }
  }

  function accept(): void {
    told = undefined;
    counters.metadataRefused = 0;
    published.setProblem(undefined);
  }

  function refuse(reason: string, error?: unknown): void {
    counters.metadataRefused = 1;
    published.setProblem(reason);
    if (reason === told) return;
    told = reason;
    log.error(
      { event: 'metadata', reason, error, ...describe(published.service) },
      'New metadata cannot be used; the old go on counting',
    );
  }

  if (intervalMs > 0 && !signal.aborted) schedule();
  return { look };
}

function describe({ organizationUri, serviceUri, group }: ResolvedService) {
  const { pricing } = group;
  const prices =
    pricing.model === 'fixed_price'
      ? String(pricing.priceInCogs)
      : stringifyJson(Object.fromEntries(pricing.methodPrices));
  return { organizationUri, serviceUri, prices };
}
