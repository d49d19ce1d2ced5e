import type { CallHead } from '../call/exchange.ts';
import type { EndStatus, Metadata } from '../call/status.ts';
import type { Config } from '../config/schema.ts';
import { createClientAddress } from './client-address.ts';
import { type LimitedStatus, limitedStatus } from './limited-status.ts';
import { createTokenBuckets, type TokenBuckets } from './token-buckets.ts';

/** Limits, by what they count. */
export type LimitKind = 'service' | 'payer' | 'address' | 'own';

/** Who pays, once that is proved. */
export interface Payer {
  readonly address: string;
  /** Of a free call: the user of a marketplace, in whose name it signed. */
  readonly userId?: string;
}

/** The settings that limits come from. */
export type LimitSettings = Pick<
  Config,
  | 'rate_limit_per_minute'
  | 'burst_size'
  | 'payer_rate_limit_per_minute'
  | 'payer_burst_size'
  | 'address_rate_limit_per_minute'
  | 'address_burst_size'
  | 'own_services_rate_limit_per_minute'
  | 'own_services_burst_size'
  | 'trusted_proxies'
>;

/** How often somebody may come. Everything is decided in memory, at once. */
export interface RateLimits {
  /** Refuses a call before anything is looked at: takes one of its address; of the service, only looks. */
  admitCall(head: CallHead): EndStatus | undefined;
  /**
   * Refuses a call whose payer is proved, before anything is reserved or asked of the service: takes one of
   * the payer and one of the service, or neither.
   */
  admitPayer(payer: Payer | undefined): EndStatus | undefined;
  /** Refuses a request to the daemon's own services, or to `/heartbeat` and its like, before it is read. */
  admitRequest(request: OwnRequest): LimitedStatus | undefined;
  /** Replicas of the service that live: each lets its part of the limits of calls through. */
  setReplicas(count: number): void;
}

/** A request that is no call. */
export interface OwnRequest {
  readonly peer: string;
  readonly metadata: Metadata;
  /** Whether it only asks how the daemon is: whoever watches it is not kept out by others behind the same address. */
  readonly isCheck: boolean;
}

/** Builds the limits that a configuration asks for. */
export function createRateLimits(options: {
  readonly settings: LimitSettings;
  /** Milliseconds of a clock that never steps. */
  now(): number;
  /** Told of each refusal. */
  onLimited(kind: LimitKind): void;
}): RateLimits {
  const { settings, now, onLimited } = options;
  const addressOf = createClientAddress({ trustedProxies: settings.trusted_proxies });
  const create = (perMinute: number | undefined, burst?: number): TokenBuckets | undefined =>
    perMinute === undefined || perMinute === 0
      ? undefined
      : createTokenBuckets({ perMinute, burst: burst ?? Math.ceil(perMinute), now });
  const service = create(settings.rate_limit_per_minute, settings.burst_size);
  const payers = create(settings.payer_rate_limit_per_minute, settings.payer_burst_size);
  const addresses = create(settings.address_rate_limit_per_minute, settings.address_burst_size);
  const own = create(settings.own_services_rate_limit_per_minute, settings.own_services_burst_size);

  function refuse(kind: LimitKind, waitMs: number | undefined): LimitedStatus | undefined {
    if (waitMs === undefined || waitMs === 0) return undefined;
    onLimited(kind);
    return limitedStatus(waitMs);
  }

  return {
    admitCall({ peer, metadata }) {
      const limited =
        addresses && refuse('address', addresses.take(addressOf(peer.address, metadata)));
      return limited ?? refuse('service', service?.check(everybody));
    },
    admitPayer(payer) {
      const key = payer && keyOf(payer);
      const isLimited = payers !== undefined && key !== undefined;
      const limited = isLimited ? refuse('payer', payers.check(key)) : undefined;
      if (limited !== undefined) return limited;
      const full = refuse('service', service?.take(everybody));
      if (full === undefined && isLimited) payers.take(key);
      return full;
    },
    admitRequest({ peer, metadata, isCheck }) {
      if (own === undefined) return undefined;
      const address = addressOf(peer, metadata);
      return refuse('own', own.take(isCheck ? `check ${address}` : address));
    },
    setReplicas(count) {
      for (const buckets of [service, payers, addresses]) buckets?.setParts(count);
    },
  };
}

function keyOf({ address, userId = '' }: Payer): string {
  return userId === '' ? address.toLowerCase() : `${address.toLowerCase()}/${userId}`;
}

/** The one key of the service's own bucket. */
const everybody = '';
