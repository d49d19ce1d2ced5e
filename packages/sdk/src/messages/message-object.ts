/**
 * A value in a reply: 64-bit integers are `bigint`, bytes are `Uint8Array`, enum values are names
 * (numbers when the protos do not know them).
 */
export type MessageValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly MessageValue[]
  | MessageObject;

/** A reply as a plain object with the field names of protobuf JSON (`delayMs` for `delay_ms`). */
export interface MessageObject {
  readonly [field: string]: MessageValue;
}

/**
 * A request as a plain object: field names as in protobuf JSON or as in the proto file. 64-bit
 * integers may be `bigint`, decimal text or safe numbers; bytes `Uint8Array` or base64; enum values
 * names or numbers; timestamps `Date` or text; maps objects or `Map`. Everything that a reply holds
 * is taken, too.
 */
export interface Fields {
  readonly [field: string]: unknown;
}
