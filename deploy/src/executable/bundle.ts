import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { BuildError } from './build-error.ts';
import { replacements, secp256k1Module, secp256k1Source } from './replacements.ts';

/** What is bundled. */
export interface BundleOptions {
  /** Path of the entry. */
  readonly entry: string;
  /** Names in the source, and the expressions that stand for them. */
  readonly define?: Readonly<Record<string, string>>;
}

/**
 * Bundles a program of this repository from source into one CommonJS script that needs nothing but
 * Node itself. What it loads later stays so: a module runs when it is first asked for.
 *
 * @throws BuildError for what would be left outside
 */
export async function bundle({ entry, define = {} }: BundleOptions): Promise<string> {
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
      codeSplitting: false,
      comments: false,
    });
    const [chunk] = output;
    for (const name of chunk.imports) {
      if (!isBuiltin(name)) faults.push(`${entry} leaves ${name} outside`);
    }
    if (faults.length > 0) throw new BuildError(faults.join('\n'));
    return chunk.code;
  } finally {
    await build.close();
  }
}
