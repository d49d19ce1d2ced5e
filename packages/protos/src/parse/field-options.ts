import type { FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import { invalidProto } from '../invalid-proto.ts';
import type { FieldPlace } from './field-place.ts';
import type { FileBuilder } from './file-builder.ts';
import { parseBrackets } from './parse-option.ts';
import { readTextValue } from './text-value.ts';

/** Reads the options in brackets; `default` and `json_name` go into the descriptor itself. */
export function parseFieldOptions(
  builder: FileBuilder,
  field: FieldDescriptorProto,
  { scope, extendee }: FieldPlace,
): void {
  const { source } = builder.cursor;
  parseBrackets(builder, [{ kind: 'field', node: field, scope }], (name, value) => {
    const [part, ...rest] = name;
    if (part === undefined || part.extension || rest.length > 0) return false;
    const { offset } = part;
    if (part.name === 'default') {
      builder.file.defaults.push({ field, value });
      return true;
    }
    if (part.name !== 'json_name') return false;
    if (extendee !== undefined) {
      throw invalidProto('An extension cannot have a json_name.', { source, offset });
    }
    field.jsonName = readTextValue(source, value, 'json_name');
    return true;
  });
}
