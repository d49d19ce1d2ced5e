/** What an operator should know, as it holds now. */
export interface Condition {
  /** What it is about; told once for all items of a kind. */
  readonly kind: AlertKind;
  /** One line. */
  readonly title: string;
  /** What exactly: channels, addresses. One that was not told before is told sooner than a repetition. */
  readonly items: readonly { readonly id: string; readonly line: string }[];
  /** What to do about it. */
  readonly hint: string;
}

/** What alerts are about. */
export type AlertKind = 'service' | 'store' | 'chain' | 'unclaimed';

/** A condition that is told, or told to be over. */
export interface Alert {
  readonly kind: AlertKind;
  readonly state: 'raised' | 'resolved';
  readonly title: string;
  readonly lines: readonly string[];
  readonly hint: string;
}
