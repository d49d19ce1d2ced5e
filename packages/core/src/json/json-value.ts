/** What {@link parseJson} returns: integers beyond 2^53 - 1 are `bigint`. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject;

/** A JSON object; every key of the text is an own property, whatever it is called. */
export interface JsonObject {
  [key: string]: JsonValue;
}
