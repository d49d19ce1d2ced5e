/** Licences of a group, of which nothing but the official daemon knows (protocol/metadata.md 3.4). */
export interface Licenses {
  readonly subscriptions: Subscriptions | undefined;
  readonly tiers: readonly Tier[];
}

/** Plans that one subscribes to. */
export interface Subscriptions {
  readonly type: string;
  readonly detailsUrl: string;
  /** A text, as the daemon wants it. */
  readonly isActive: string;
  readonly subscription: readonly Subscription[];
}

/** One plan. Empty names mean the whole service. */
export interface Subscription {
  readonly periodInDays: number;
  readonly discountInPercentage: number;
  readonly planName: string;
  /** `undefined` when the plan has none. */
  readonly licenseCost: bigint | undefined;
  readonly grpcServiceName: string;
  readonly grpcMethodName: string;
}

/** Discounts by volume. Empty names mean the whole service. */
export interface Tier {
  readonly type: string;
  readonly planName: string;
  readonly grpcServiceName: string;
  readonly grpcMethodName: string;
  readonly range: readonly { readonly high: number; readonly discountInPercentage: number }[];
  readonly detailsUrl: string;
  /** A text, as the daemon wants it. */
  readonly isActive: string;
}

/** Something that is sold beside the calls. */
export interface AddOn {
  readonly name: string;
  readonly discountInPercentage: number;
  readonly addOnCostInAGIX: number;
}
