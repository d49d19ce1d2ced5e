import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { withTemporaryFolder } from '../files/with-temporary-folder.ts';
import type { Descriptors } from './descriptors.ts';
import { type GeneratedFiles, readFiles } from './generated-files.ts';
import { runProgram } from './run-program.ts';

/**
 * Stubs of grpcio-tools: messages, their type hints, and gRPC clients.
 *
 * @throws CodegenError `CODEGEN_TOOL_MISSING`, `CODEGEN_FAILED`, `CODEGEN_ABORTED`
 */
export async function generatePython(
  { set, files }: Descriptors,
  signal: AbortSignal,
): Promise<GeneratedFiles> {
  return withTemporaryFolder(async (folder) => {
    const [descriptors, out] = [join(folder, 'protos.binpb'), join(folder, 'out')];
    await writeFile(descriptors, toBinary(FileDescriptorSetSchema, set));
    await mkdir(out);
    const names = files.map(({ proto }) => proto.name);
    await runProgram({
      name: 'grpcio-tools',
      command: [
        process.platform === 'win32' ? 'python' : 'python3',
        '-m',
        'grpc_tools.protoc',
        `--descriptor_set_in=${descriptors}`,
        `--python_out=${out}`,
        `--pyi_out=${out}`,
        `--grpc_python_out=${out}`,
        // What googleapis-common-protos has would hide it.
        ...names.filter((name) => !name.startsWith('google/')),
      ],
      install: 'python3 -m pip install grpcio-tools googleapis-common-protos',
      signal,
    });
    return readFiles(out);
  });
}
