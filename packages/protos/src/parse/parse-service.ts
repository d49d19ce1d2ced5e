import { create } from '@bufbuild/protobuf';
import {
  type MethodDescriptorProto,
  MethodDescriptorProtoSchema,
  MethodOptionsSchema,
  type ServiceDescriptorProto,
  ServiceDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import { joinNames } from './join-names.ts';
import { parseOptionStatement } from './parse-option.ts';
import { readName, readTypeName } from './words.ts';

/** Reads a service after its keyword. */
export function parseService(builder: FileBuilder, scope: string): ServiceDescriptorProto {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of a service');
  const service = create(ServiceDescriptorProtoSchema, { name });
  const fullName = joinNames(scope, name);
  builder.mark(service, offset);
  cursor.expect('{', 'after the name of a service');
  while (!cursor.take('}')) {
    if (cursor.take(';')) continue;
    if (cursor.at('option')) {
      parseOptionStatement(builder, { kind: 'service', node: service, scope });
    } else {
      cursor.expect('rpc', 'before the name of a method');
      service.method.push(parseMethod(builder, fullName));
    }
  }
  return service;
}

function parseMethod(builder: FileBuilder, scope: string): MethodDescriptorProto {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of a method');
  const method = create(MethodDescriptorProtoSchema, { name });
  builder.mark(method, offset);
  const input = parseMethodType(builder, scope, 'input', (typeName) => {
    method.inputType = typeName;
  });
  cursor.expect('returns', 'after the input of a method');
  const output = parseMethodType(builder, scope, 'output', (typeName) => {
    method.outputType = typeName;
  });
  if (input.stream) method.clientStreaming = true;
  if (output.stream) method.serverStreaming = true;
  if (cursor.take(';')) return method;
  cursor.expect('{', 'or ";" after a method');
  // Braces make options, even when they hold none.
  method.options = create(MethodOptionsSchema);
  while (!cursor.take('}')) {
    if (cursor.take(';')) continue;
    parseOptionStatement(builder, { kind: 'method', node: method, scope });
  }
  return method;
}

/** Reads `(stream? Type)`. */
function parseMethodType(
  { cursor, file }: FileBuilder,
  scope: string,
  side: 'input' | 'output',
  resolve: (typeName: string) => void,
): { stream: boolean } {
  cursor.expect('(', `before the ${side} of a method`);
  const stream = cursor.take('stream');
  const { value: name, offset } = readTypeName(cursor, `the message type of the ${side}`);
  file.types.push({ name, offset, scope, wants: 'message', resolve });
  cursor.expect(')', `after the ${side} of a method`);
  return { stream };
}
