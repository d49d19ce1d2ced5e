/** One part of an option's name: a field, or an extension in parentheses. */
export interface OptionNamePart {
  readonly name: string;
  readonly extension: boolean;
  readonly offset: number;
}

/** The whole name of an option: `(pricing.my_method_option).estimatePriceMethod` has two parts. */
export type OptionName = readonly OptionNamePart[];

/** What stands after `=`, before anything is known about the option's type. */
export type OptionValue = { readonly offset: number } & (
  | { readonly kind: 'name'; readonly name: string; readonly negative: boolean }
  // `-0` is no other integer than 0, but another floating-point number.
  | { readonly kind: 'integer'; readonly value: bigint; readonly negative: boolean }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'list'; readonly items: readonly OptionValue[] }
  | { readonly kind: 'message'; readonly fields: readonly MessageEntry[] }
);

/** One field between the braces of an option's value. */
export interface MessageEntry {
  /** Field name; full name of an extension or of a message type in brackets. */
  readonly name: string;
  readonly kind: 'field' | 'extension' | 'any';
  readonly offset: number;
  readonly value: OptionValue;
}
