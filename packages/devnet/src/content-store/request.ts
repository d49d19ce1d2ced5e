import type { BlockStore } from './block-store.ts';
import { KuboError } from './kubo-error.ts';

/** One request to the content store. */
export interface StoreRequest {
  readonly store: BlockStore;
  /** What the store says its version is. */
  readonly version: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** Reads the whole body. Throws `KuboError` (413) when it is too large. */
  readBody(): Promise<Uint8Array>;
}

/** What the store answers; pieces are sent one after the other. */
export interface StoreReply {
  readonly contentType: string;
  readonly body: Iterable<Uint8Array | string>;
}

/** Answers one command of the RPC API. */
export type StoreCommand = (request: StoreRequest) => StoreReply | Promise<StoreReply>;

/** An answer that is one JSON object. */
export function jsonReply(value: object): StoreReply {
  return { contentType: 'application/json', body: [`${JSON.stringify(value)}\n`] };
}

/** The parameter `arg`. Throws `KuboError` when it is missing. */
export function readArgument(query: URLSearchParams, name: string): string {
  const value = query.get('arg');
  if (value !== null && value !== '') return value;
  throw new KuboError(400, `argument "${name}" is required`);
}

/** A parameter that is true or false; present without a value means true. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== 'false' && value !== '0';
}
