import type { FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import type { Located } from './words.ts';

/** Where a field stands. */
export interface FieldPlace {
  /** Full name of what names are looked up from: the message, or the package. */
  readonly scope: string;
  /** A member of a oneof has no label. */
  readonly inOneof?: boolean;
  /** An extension names the message it extends. */
  readonly extendee?: Located<string>;
}

/** Notes the message that an extension extends. */
export function setExtendee(
  { file }: FileBuilder,
  field: FieldDescriptorProto,
  { scope, extendee }: FieldPlace,
): void {
  if (extendee === undefined) return;
  file.types.push({
    name: extendee.value,
    offset: extendee.offset,
    scope,
    wants: 'message',
    resolve(typeName) {
      field.extendee = typeName;
    },
  });
}
