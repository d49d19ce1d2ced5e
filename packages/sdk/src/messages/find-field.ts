import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';

const indexes = new WeakMap<DescMessage, ReadonlyMap<string, DescField>>();
const shown = 40;

/**
 * Finds a field by the name in protobuf JSON or in the proto file.
 *
 * @param path where the message stands in the request; empty for the request itself
 * @throws BaseError `FIELD_UNKNOWN`, which lists the fields that there are
 */
export function findField(desc: DescMessage, name: string, path: string): DescField {
  let index = indexes.get(desc);
  if (index === undefined) {
    index = new Map(desc.fields.flatMap((field) => namesOf(field).map((one) => [one, field])));
    indexes.set(desc, index);
  }
  const field = index.get(name);
  if (field !== undefined) return field;
  const known = desc.fields.map(({ jsonName }) => jsonName);
  const more = known.length > shown ? ', ...' : '';
  throw new BaseError(
    'FIELD_UNKNOWN',
    `The message ${desc.typeName} has no field ${JSON.stringify(name)}.`,
    {
      place: path || undefined,
      expected:
        known.length === 0 ? 'no fields' : `one of ${known.slice(0, shown).join(', ')}${more}`,
      found: name,
    },
  );
}

function namesOf({ name, jsonName, localName }: DescField): string[] {
  return [localName, name, jsonName];
}
