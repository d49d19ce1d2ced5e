// The methods of a service as tools, in the shape that the APIs of language models share.
import { compileProtos, findMethod } from '@snetkit/protos';
import type { ServiceClient } from '@snetkit/sdk';
import { type JsonSchema, toJsonSchema } from './to-json-schema.ts';

/** What a model is told of a tool. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

/** One tool for each method that takes one message and answers with one. */
export function createTools(service: ServiceClient): readonly Tool[] {
  const registry = compileProtos(service.service.protoFiles);
  const methods = service.getMethods().filter(({ kind }) => kind === 'unary');
  return methods.map(({ path, name, output, price }) => ({
    name,
    description: `${path}: answers ${output}, costs ${price} cogs`,
    parameters: toJsonSchema(findMethod(registry, path).input),
  }));
}
