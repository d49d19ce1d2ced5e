import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, type RolldownLog, rolldown } from 'rolldown';
import { ChromiumError } from './chromium-error.ts';
import type { SiteFiles } from './serve-files.ts';

/** What is bundled. */
export interface BundleOptions {
  /** Source text of the entry: `export * from '@snetkit/core'`. */
  readonly code: string;
  /** Folder from which the entry's imports are resolved. */
  readonly directory: string;
  /** Name of the entry's file, without extension; `entry` unless given. */
  readonly name?: string | undefined;
  /** Conditions for `exports` of packages, before the usual ones; the bundler's own unless given. */
  readonly conditions?: readonly string[] | undefined;
}

/** Bytes of one part of a bundle. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
}

/** A bundle, ready to be served. */
export interface Bundle {
  /** All files by path; the entry is `/<name>.js`. */
  readonly files: SiteFiles;
  /** What a page loads at once. */
  readonly initial: BundleSize;
  /** What it loads later, when it is needed. */
  readonly lazy: BundleSize;
  /** Source files that went in. */
  readonly modules: readonly string[];
}

/**
 * Bundles for browsers as somebody would who has never heard of this repository: no aliases, no
 * polyfills, nothing left outside.
 *
 * @throws ChromiumError `BUNDLE_FAILED` for what a browser does not have
 */
export async function bundleForBrowser(options: BundleOptions): Promise<Bundle> {
  const { code, directory, name = 'entry', conditions } = options;
  const id = join(directory, `${name}.bundle-entry.js`);
  const faults: string[] = [];
  const bundle = await rolldown({
    input: { [name]: id },
    platform: 'browser',
    // The bundler would put a text in its place; not everybody's does, and a page has no `process`.
    transform: { define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' } },
    ...(conditions !== undefined && {
      resolve: { conditionNames: [...conditions, 'import', 'browser', 'module', 'default'] },
    }),
    plugins: [
      {
        name: 'entry-from-text',
        resolveId: (source) => (source === id ? id : undefined),
        load: (source) => (source === id ? code : undefined),
      },
    ],
    onLog: (_level, log) => {
      // A warning only: the import would be left for the page to resolve.
      if (log.code === 'UNRESOLVED_IMPORT') faults.push(describe(log, directory));
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'es',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    });
    const chunks = output.filter((part) => part.type === 'chunk');
    if (faults.length > 0) throw failed(faults.join('; '));
    return describeBundle(chunks);
  } catch (cause) {
    if (cause instanceof ChromiumError) throw cause;
    const { errors = [cause as RolldownLog] } = cause as { errors?: readonly RolldownLog[] };
    throw failed(errors.map((error) => describe(error, directory)).join('; '), cause);
  } finally {
    await bundle.close();
  }
}

function describeBundle(chunks: readonly OutputChunk[]): Bundle {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const initial = new Set<OutputChunk>();
  const visit = (chunk: OutputChunk | undefined) => {
    if (chunk === undefined || initial.has(chunk)) return;
    initial.add(chunk);
    for (const one of chunk.imports) visit(byName.get(one));
  };
  visit(chunks.find(({ isEntry }) => isEntry));
  const sizeOf = (parts: readonly OutputChunk[]) => ({
    minified: parts.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0),
    gzip: parts.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0),
  });
  return {
    files: Object.fromEntries(chunks.map(({ fileName, code }) => [`/${fileName}`, code])),
    initial: sizeOf([...initial]),
    lazy: sizeOf(chunks.filter((chunk) => !initial.has(chunk))),
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
  };
}

function describe({ id, exporter, message }: RolldownLog, directory: string): string {
  if (id !== undefined && exporter !== undefined)
    return `${relative(directory, id)} needs ${exporter}`;
  return stripVTControlCharacters(message).split('\n')[0] ?? '';
}

function failed(found: string, cause?: unknown): ChromiumError {
  return new ChromiumError('BUNDLE_FAILED', 'It cannot be bundled for a browser.', {
    found,
    hint: 'keep modules of Node behind a subpath of their own, without packages that need them',
    cause,
  });
}
