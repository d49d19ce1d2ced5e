import type {
  EnumOptions,
  EnumValueOptions,
  ExtensionRangeOptions,
  FieldDescriptorProto,
  FieldOptions,
  FileDescriptorProto,
  FileOptions,
  MessageOptions,
  MethodOptions,
  OneofOptions,
  ServiceOptions,
} from '@bufbuild/protobuf/wkt';
import type { OptionName, OptionValue } from './option-syntax.ts';
import type { SourceFile } from './source-file.ts';

/** The options messages of google/protobuf/descriptor.proto, by what they describe. */
export interface OptionsByKind {
  file: FileOptions;
  message: MessageOptions;
  field: FieldOptions;
  oneof: OneofOptions;
  enum: EnumOptions;
  enumValue: EnumValueOptions;
  extensionRange: ExtensionRangeOptions;
  service: ServiceOptions;
  method: MethodOptions;
}

/** A descriptor that options are set on. */
export type OptionTarget = {
  [Kind in keyof OptionsByKind]: {
    readonly kind: Kind;
    readonly node: { options?: OptionsByKind[Kind] | undefined };
    /** Full name of what is around it: names in parentheses are looked up from here. */
    readonly scope: string;
  };
}[keyof OptionsByKind];

/** One `name = value` of an option statement or of brackets after a field. */
export interface OptionStatement {
  readonly target: OptionTarget;
  readonly name: OptionName;
  readonly value: OptionValue;
}

/** One `import`. */
export interface ImportStatement {
  readonly path: string;
  readonly offset: number;
  readonly kind: 'plain' | 'public' | 'weak' | 'option';
}

/** A type named in the source, which stands unresolved in a descriptor until all files are read. */
export interface TypeReference {
  /** As written; a leading dot makes it absolute. */
  readonly name: string;
  readonly offset: number;
  /** Full name of the message, service or package in which the name stands. */
  readonly scope: string;
  readonly wants: 'message' | 'message or enum';
  /** Takes the full name with its leading dot. */
  readonly resolve: (typeName: string, kind: 'message' | 'enum') => void;
}

/** A `default` of a field; its text in the descriptor depends on the type of the field. */
export interface DefaultStatement {
  readonly field: FieldDescriptorProto;
  readonly value: OptionValue;
}

/** A source as descriptors, with everything that needs other files left open. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly proto: FileDescriptorProto;
  readonly imports: ImportStatement[];
  readonly types: TypeReference[];
  readonly defaults: DefaultStatement[];
  readonly options: OptionStatement[];
  /** Where each descriptor's name stands in the source. */
  readonly places: Map<object, number>;
}
