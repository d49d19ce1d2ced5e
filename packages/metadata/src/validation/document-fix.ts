import type { JsonValue } from '@snetkit/core';

/** A change that makes one finding go away, as operations of JSON Patch (RFC 6902). */
export interface DocumentFix {
  /** What the change does, as an imperative sentence. */
  readonly summary: string;
  readonly patch: readonly PatchOperation[];
}

/** One operation of JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string };
