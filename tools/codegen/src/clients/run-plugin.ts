import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { CodeGeneratorRequestSchema, CodeGeneratorResponseSchema } from '@bufbuild/protobuf/wkt';
import { CodegenError } from '../codegen-error.ts';
import type { Descriptors } from './descriptors.ts';
import { type RunProgramOptions, runProgram } from './run-program.ts';

/** Which plugin of protoc, and what it is told. */
export interface RunPluginOptions extends Omit<RunProgramOptions, 'input'> {
  readonly descriptors: Descriptors;
  /** Names of the files to generate code for. */
  readonly files: readonly string[];
  readonly parameter: string;
}

/**
 * Runs a plugin of protoc on compiled protos, and resolves with the text of each file that it made.
 *
 * @throws CodegenError those of `runProgram`
 */
export async function runPlugin(options: RunPluginOptions): Promise<Map<string, string>> {
  const { descriptors, files, parameter, name } = options;
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: [...files],
    parameter,
    protoFile: descriptors.set.file,
  });
  const input = toBinary(CodeGeneratorRequestSchema, request);
  const response = fromBinary(CodeGeneratorResponseSchema, await runProgram({ ...options, input }));
  if (response.error !== '') {
    throw new CodegenError('CODEGEN_FAILED', `${name} refused the protos.`, {
      found: response.error.slice(0, 2000),
    });
  }
  const made = new Map<string, string>();
  for (const { name: file, content } of response.file) {
    if (made.has(file)) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', 'Two protos make one file of code.', {
        found: file,
      });
    }
    made.set(file, content);
  }
  return made;
}
