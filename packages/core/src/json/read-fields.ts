import type { JsonValue } from './json-value.ts';

/** Throws an error that names the field and what should have been there. */
export type FailField = (name: string, expected: string) => never;

/** Typed access to the fields of a JSON object that this product wrote itself; see {@link readFields}. */
export interface FieldReader {
  /** A decimal string as a number of any size. */
  amount(name: string): bigint;
  /** `0x` and that many bytes; any number of bytes when not given. */
  hex(name: string, bytes?: number): `0x${string}`;
  text(name: string): string;
  /** An integer that JavaScript can hold exactly. */
  number(name: string): number;
  boolean(name: string): boolean;
  list(name: string): readonly JsonValue[];
  /** Whatever is there; `null` when nothing is. */
  field(name: string): JsonValue;
  /** Whether there is such a field, other than `null`. */
  has(name: string): boolean;
}

/** Reads the fields of a value; one that is no object has none. A field of a list is its index. */
export function readFields(value: JsonValue | undefined, fail: FailField): FieldReader {
  const isObject = typeof value === 'object' && value !== null;
  const values = new Map<string, JsonValue>(isObject ? Object.entries(value) : []);
  const text = (name: string) => {
    const found = values.get(name);
    return typeof found === 'string' ? found : fail(name, 'a text');
  };
  return {
    amount(name) {
      const found = values.get(name);
      if (typeof found !== 'string' || !/^[0-9]{1,78}$/.test(found)) {
        return fail(name, 'a decimal number');
      }
      return BigInt(found);
    },
    hex(name, bytes) {
      const found = text(name);
      const isHex = /^0x(?:[0-9a-fA-F]{2})*$/.test(found);
      if (!isHex || (bytes !== undefined && found.length !== 2 + 2 * bytes)) {
        return fail(name, bytes === undefined ? '0x and bytes' : `${bytes} bytes`);
      }
      return found as `0x${string}`;
    },
    text,
    number(name) {
      const found = values.get(name);
      return typeof found === 'number' && Number.isSafeInteger(found)
        ? found
        : fail(name, 'an integer');
    },
    boolean(name) {
      const found = values.get(name);
      return typeof found === 'boolean' ? found : fail(name, 'true or false');
    },
    list(name) {
      const found = values.get(name);
      return Array.isArray(found) ? found : fail(name, 'a list');
    },
    field: (name) => values.get(name) ?? null,
    has: (name) => (values.get(name) ?? null) !== null,
  };
}
