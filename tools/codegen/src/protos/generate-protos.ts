import { access, readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CodegenError } from '../codegen-error.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { withTemporaryFolder } from '../files/with-temporary-folder.ts';
import { runBuf } from './run-buf.ts';
import { writePlugin } from './write-plugin.ts';

/** What to generate, and where. */
export interface GenerateProtosOptions {
  /** The folder with `buf.yaml`, and `buf.gen.yaml` if there is one. */
  readonly cwd: string;
  /** Folder for the output, inside `cwd`; everything in it is replaced. */
  readonly outDir: string;
  /** Milliseconds until it is given up; 120,000 when not given. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Turns `.proto` files into TypeScript with buf and protoc-gen-es, offline, with the versions that
 * this package depends on. The room's `buf.gen.yaml` is used when there is one (its `out` must be
 * `outDir`); without it the plugin writes TypeScript without enums, with `.ts` imports.
 * The output folder changes only when everything succeeded. Throws `CodegenError`.
 *
 * @example
 * ```ts
 * await generateProtos({ cwd: import.meta.dirname, outDir: 'src/gen' });
 * ```
 */
export async function generateProtos(options: GenerateProtosOptions): Promise<void> {
  const { outDir, timeoutMs = 120_000, signal } = options;
  const cwd = await realpath(options.cwd).catch((cause) => {
    throw new CodegenError('CODEGEN_INPUT_MISSING', 'There is no such folder.', {
      place: options.cwd,
      cause,
    });
  });
  const deadline = AbortSignal.timeout(timeoutMs);
  const template = (await exists(join(cwd, 'buf.gen.yaml'))) ? [] : ['--template', plain(outDir)];

  await withTemporaryFolder(async (folder) => {
    const [plugins, output] = [join(folder, 'bin'), join(folder, 'out')];
    await writePlugin(plugins);
    await runBuf({
      cwd,
      args: ['generate', '--output', output, ...template],
      path: [plugins],
      // Nothing of the user's own buf configuration may change the output.
      env: { BUF_CACHE_DIR: join(folder, 'cache'), BUF_CONFIG_DIR: join(folder, 'config') },
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    const generated = join(output, outDir);
    if (!(await readdir(generated).catch(() => [])).length) {
      throw new CodegenError('CODEGEN_OUTPUT_MISSING', `buf wrote nothing to ${outDir}.`, {
        place: join(cwd, 'buf.gen.yaml'),
        hint: `set "out: ${outDir}" in buf.gen.yaml, and check that there are .proto files`,
      });
    }
    await replaceFolder(generated, resolve(cwd, outDir));
  });
}

function plain(out: string): string {
  const opt = ['target=ts', 'import_extension=ts', 'erasable_syntax=true'];
  return JSON.stringify({ version: 'v2', plugins: [{ local: 'protoc-gen-es', out, opt }] });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
