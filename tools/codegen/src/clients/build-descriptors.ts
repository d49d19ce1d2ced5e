import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../files/with-temporary-folder.ts';
import { runBuf } from '../protos/run-buf.ts';

/**
 * Compiles a folder of protos to a serialized `FileDescriptorSet`, comments included, offline.
 *
 * @throws CodegenError `CODEGEN_FAILED` with what buf says, `CODEGEN_ABORTED`
 */
export async function buildDescriptors(protoDir: string, signal: AbortSignal): Promise<Uint8Array> {
  return withTemporaryFolder(async (folder) => {
    const image = join(folder, 'protos.binpb');
    await runBuf({
      cwd: protoDir,
      args: ['build', '--as-file-descriptor-set', '-o', image],
      path: [],
      // Nothing of the user's own buf configuration may change the output.
      env: { BUF_CACHE_DIR: join(folder, 'cache'), BUF_CONFIG_DIR: join(folder, 'config') },
      signal,
    });
    return await readFile(image);
  });
}
