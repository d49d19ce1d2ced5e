import type { JsonValue } from '@snetkit/core';
import type { Judge, Level } from '../validation/finding.ts';
import type { FindingCode } from '../validation/finding-codes.ts';
import type { JsonSchema } from './json-schema.ts';

/** One thing that is asked of a value, and who asks it. */
export interface Rule {
  readonly code: FindingCode;
  /** What the value must match. */
  readonly schema: JsonSchema;
  /** Who suffers when it does not. */
  readonly breaks: readonly Judge[];
  /** Follows from `breaks` unless given. */
  readonly level?: Level | undefined;
  /** What should be there, in words. */
  readonly expected: string;
  /** One sentence; that of the code unless given. */
  readonly message?: string | undefined;
  /** The key that the rule of an object is about; the object itself unless given. */
  readonly about?: string | undefined;
  /** The value that should stand there instead, when that can be told. */
  readonly repair?: ((value: JsonValue) => JsonValue | undefined) | undefined;
}

/**
 * What a value of a document looks like. From this one description come the findings of the
 * validator, the JSON Schemas for editors and the TypeScript types of documents.
 *
 * @typeParam T what a well-formed value is in TypeScript; there is no such property
 */
export interface Shape<T = unknown> {
  readonly description: string;
  readonly rules: readonly Rule[];
  readonly members?: Readonly<Record<string, Member>> | undefined;
  readonly items?: Shape | undefined;
  /** Who refuses keys that `members` does not have. */
  readonly closedTo?: readonly Judge[] | undefined;
  readonly value?: T | undefined;
}

/** A key of an object. */
export interface Member<T = unknown, R extends boolean = boolean> {
  readonly shape: Shape<T>;
  /** Who needs it; nobody when `undefined`. */
  readonly required: Requirement | undefined;
  /** Who refuses the key, whatever its value. */
  readonly refusedBy: readonly Judge[];
  /** The key that has taken its place, so that the value can move there. */
  readonly renamedTo?: string | undefined;
  readonly isRequired?: R | undefined;
}

/** Who needs a key, and what can be written when it is missing. */
export interface Requirement {
  readonly by: readonly Judge[];
  readonly level?: Level | undefined;
  readonly fallback?: JsonValue | undefined;
}
