import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { BuildError } from './build-error.ts';
import { replacements, secp256k1Module, secp256k1Source } from './replacements.ts';
import { toAscii } from './to-ascii.ts';

/** What is bundled. */
export interface BundleOptions {
  /** Path of the entry. */
  readonly entry: string;
  /** File name of its script. */
  readonly name: string;
  /** `false`: one script for everything. */
  readonly isSplit?: boolean;
  /** Names in the source, and the expressions that stand for them. */
  readonly define?: Readonly<Record<string, string>>;
}

/**
 * Bundles a program of this repository from source into CommonJS scripts that need nothing but
 * Node itself: one for the entry, and one for each part that is loaded later.
 *
 * @throws BuildError for what would be left outside
 */
export async function bundle({
  entry,
  name,
  isSplit = false,
  define = {},
}: BundleOptions): Promise<ReadonlyMap<string, string>> {
  const faults: string[] = [];
  const build = await rolldown({
    input: entry,
    platform: 'node',
    resolve: { conditionNames: ['@snetkit/source', 'node', 'import', 'module', 'default'] },
    transform: { define: { 'process.env.NODE_ENV': '"production"', ...define } },
    plugins: [
      {
        name: 'replacements',
        // Beside the file that asks: its package is found from there.
        resolveId: (id, from = '') =>
          id === secp256k1Module ? join(dirname(from), 'secp256k1-binding.cjs') : null,
        load: (id) => (id.endsWith('/secp256k1-binding.cjs') ? secp256k1Source : null),
        transform(code, id) {
          const path = id.replaceAll('\\', '/');
          const replacement = replacements.find(({ file }) => path.endsWith(file));
          if (replacement === undefined) return null;
          let text = code;
          for (const [from, to] of replacement.edits) {
            if (!text.includes(from)) faults.push(`${path} has no "${from}" any more`);
            text = from === '' ? to : text.replace(from, () => to);
          }
          return text;
        },
      },
    ],
    onLog: (_level, log) => {
      if (log.code === 'UNRESOLVED_IMPORT') faults.push(log.message);
    },
  });
  try {
    const { output } = await build.generate({
      format: 'cjs',
      minify: true,
      codeSplitting: isSplit,
      entryFileNames: name,
      chunkFileNames: '[name]-[hash].js',
      comments: false,
    });
    const chunks = output.filter((part) => part.type === 'chunk');
    const names = new Set(chunks.map(({ fileName }) => fileName));
    for (const one of chunks.flatMap(({ imports }) => imports)) {
      if (!isBuiltin(one) && !names.has(one)) faults.push(`${entry} leaves ${one} outside`);
    }
    if (faults.length > 0) throw new BuildError(faults.join('\n'));
    return new Map(chunks.map(({ fileName, code }) => [fileName, toAscii(code)]));
  } finally {
    await build.close();
  }
}
