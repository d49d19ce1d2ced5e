/** A value that does not fit, seen from the place where it stands. */
export interface Problem {
  /** Key names from the top of the file downwards; empty for the value itself. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** Completes "Expected: ...". */
  readonly expected: string;
  /** What to do about it, when the table's own advice is not enough. */
  readonly hint?: string;
  /** The value as it may be shown, where it may hold a secret. */
  readonly shown?: string;
}

/** A raw value turned into a typed one, or everything that is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** One kind of setting: what it accepts and what it becomes. Raw values come from JSON, the environment (text) or flags (text). */
export interface ValueType<T> {
  /** Completes "Expected: ..."; also the type column of the reference page. */
  readonly expected: string;
  parse(raw: unknown): Parsed<T>;
  /** Fields of an object, by name, when it has a fixed set. */
  readonly fields?: Readonly<Record<string, ValueType<unknown>>>;
  /** Of each entry of a list. */
  readonly items?: ValueType<unknown>;
  /** How a value may be shown in an error or a log; without it as it is. */
  show?(raw: unknown): string;
}

/** A result that holds one problem with the value itself. */
export function mismatch(
  value: unknown,
  expected: string,
  hint?: string,
  { shown }: { shown?: string } = {},
): { readonly problems: readonly Problem[] } {
  return {
    problems: [
      {
        ...{ path: [], value, expected },
        ...(hint !== undefined && { hint }),
        ...(shown !== undefined && { shown }),
      },
    ],
  };
}
