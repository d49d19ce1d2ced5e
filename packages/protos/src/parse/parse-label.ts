import { FieldDescriptorProto_Label as Label } from '@bufbuild/protobuf/wkt';
import type { FieldPlace } from './field-place.ts';
import type { FileBuilder } from './file-builder.ts';

/** Reads the label of a field: `optional`, `required`, `repeated` or nothing. */
export function parseLabel(builder: FileBuilder, place: FieldPlace): Label | undefined {
  const { cursor, syntax } = builder;
  const token = cursor.peek();
  const label = cursor.take('optional')
    ? Label.OPTIONAL
    : cursor.take('repeated')
      ? Label.REPEATED
      : cursor.take('required')
        ? Label.REQUIRED
        : undefined;
  const refuse = (expected: string, hint: string) => cursor.unexpected(token, expected, hint);
  if (place.inOneof && label !== undefined) {
    throw refuse('the type of a field', 'Remove the label: members of a oneof have none.');
  }
  if (label === Label.REQUIRED && (syntax !== 'proto2' || place.extendee !== undefined)) {
    throw refuse(
      'a field that is not required',
      'Remove "required": only messages of proto2 have it.',
    );
  }
  if (label === Label.OPTIONAL && syntax === 'editions') {
    throw refuse(
      'a field without "optional"',
      'Remove "optional", or set features.field_presence.',
    );
  }
  if (label === undefined && syntax === 'proto2' && !place.inOneof) {
    throw refuse('"optional", "required" or "repeated"', 'Write a label: proto2 has no default.');
  }
  return label;
}
