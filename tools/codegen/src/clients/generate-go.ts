import type { Descriptors } from './descriptors.ts';
import type { GeneratedFiles } from './generated-files.ts';
import { runPlugin } from './run-plugin.ts';

const plugins = [
  ['protoc-gen-go', 'google.golang.org/protobuf/cmd/protoc-gen-go'],
  ['protoc-gen-go-grpc', 'google.golang.org/grpc/cmd/protoc-gen-go-grpc'],
] as const;

/**
 * Stubs of protoc-gen-go and protoc-gen-go-grpc: one Go package for each package of the protos.
 *
 * @param module path of the Go module that the folder becomes
 * @throws CodegenError `CODEGEN_TOOL_MISSING`, `CODEGEN_FAILED`, `CODEGEN_INPUT_INVALID`, `CODEGEN_ABORTED`
 */
export async function generateGo(
  descriptors: Descriptors,
  module: string,
  signal: AbortSignal,
): Promise<GeneratedFiles> {
  // Go has these in modules of its own, which the descriptors name.
  const own = descriptors.files.filter(({ proto }) => !proto.name.startsWith('google/'));
  const imports = own.map(({ proto }) => {
    const path = proto.package === '' ? 'pb' : proto.package.replaceAll('.', '/');
    const name = path.replaceAll('/', '').toLowerCase();
    return `M${proto.name}=${module}/${path};${name}`;
  });
  const parameter = [`module=${module}`, ...imports].join(',');
  const files = new Map<string, string>();
  for (const [name, source] of plugins) {
    const made = await runPlugin({
      name,
      command: [name],
      descriptors,
      files: own.map(({ proto }) => proto.name),
      parameter,
      install: `go install ${source}@latest`,
      signal,
    });
    for (const [path, text] of made) files.set(path, text);
  }
  files.set('go.mod', `module ${module}\n\ngo 1.23\n`);
  return files;
}
