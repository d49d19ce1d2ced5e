import type { ValueType } from './types/value-type.ts';

/** One setting of the daemon. Everything that is known of it stands here, once. */
export interface Key<T> {
  readonly type: ValueType<T>;
  /** As it would stand in a file; absent: no value unless given. */
  readonly default?: unknown;
  /** One sentence for the reference page. */
  readonly description: string;
  /** Unit of the number, or of the value that the text becomes. */
  readonly unit?: string;
  /** What else must hold, in words; the code of it is in `rules.ts`. */
  readonly rule?: string;
  /** What to do about a wrong value. */
  readonly fix?: string;
  /** Older names of the official daemon that still set this key. */
  readonly aliases?: readonly string[];
  /** Never shown: not in errors, not in logs. */
  readonly secret?: true;
  /** A URL that providers put keys into: shown without path and query, and may be read from a file. */
  readonly privateUrl?: true;
  /** Not a key of the official daemon. */
  readonly own?: true;
  /**
   * The feature behind it is not there yet. `warn`: accepted, one line in the log. `refuse`: the
   * daemon does not start, because going on without the feature would be unsafe; `fix` says why.
   */
  readonly later?: 'warn' | 'refuse';
  /** Of an object: the fields that have an effect already; the others get a line in the log each. */
  readonly effective?: readonly string[];
  /** What `snetd init` writes for it; keys without it are left out. */
  readonly init?: unknown;
  /** Option of `snetd serve` that sets it. */
  readonly flag?: { readonly name: string; readonly short?: string };
}

/** A key that always has a value. */
export function key<T>(definition: Key<T> & { readonly default: unknown }): Key<T> {
  return definition;
}

/** A key without a default: its value is undefined until it is given. Empty text counts as not given. */
export function optionalKey<T>(definition: Omit<Key<T>, 'default'>): Key<T | undefined> {
  const { type } = definition;
  return {
    ...definition,
    type: {
      ...type,
      parse: (raw) => (raw === '' || raw === null ? { value: undefined } : type.parse(raw)),
    },
  };
}
