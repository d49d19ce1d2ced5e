/** Message types that protobuf JSON writes in a way of their own. */
const special = new Set(
  ['Any', 'Duration', 'FieldMask', 'ListValue', 'Struct', 'Timestamp', 'Value'].map(
    (name) => `google.protobuf.${name}`,
  ),
);

const wrappers = new Set(
  ['Bool', 'Bytes', 'Double', 'Float', 'Int32', 'Int64', 'String', 'UInt32', 'UInt64'].map(
    (name) => `google.protobuf.${name}Value`,
  ),
);

/** Whether a message type is written as something else than an object of its fields. */
export function hasOwnJson(typeName: string): boolean {
  return special.has(typeName);
}

/** Whether a message type holds nothing but one scalar, and is written as that. */
export function isWrapper(typeName: string): boolean {
  return wrappers.has(typeName);
}
