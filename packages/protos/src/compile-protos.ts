import { create, createFileRegistry, type FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { checkFiles } from './check/check-files.ts';
import { checkRegistry } from './check/check-registry.ts';
import { type CompileLimits, defaultLimits } from './compile-limits.ts';
import { orderFiles } from './link/order-files.ts';
import { resolveTypes } from './link/resolve-types.ts';
import { collectSymbols } from './link/symbols.ts';
import { setDefaults } from './options/default-value.ts';
import { setCustomOptions, setStandardOptions } from './options/interpret-options.ts';
import { parseFile } from './parse/parse-file.ts';
import type { ParsedFile } from './parse/parsed-file.ts';
import { selectSources } from './select-sources.ts';

/** How `compileProtos` works. */
export interface CompileProtosOptions {
  /** How much source is read; what is left out keeps its default. */
  readonly limits?: Partial<CompileLimits>;
}

/**
 * Compiles proto sources to descriptors, in any JavaScript runtime and without a compiler binary.
 *
 * `files` maps paths to sources. Imports are found by path, by path from a folder above the
 * importer, or by the end of a path (so a bare file name works); `google/protobuf/*` is built in,
 * and `google/api/annotations.proto`, `google/api/http.proto`, `training.proto` and
 * `pricing.proto` are, unless the files bring their own. Entries that do not end in `.proto` are
 * skipped. Custom options stay readable with `getOption` of `@bufbuild/protobuf`.
 *
 * @throws BaseError `PROTO_INVALID` with file, line and column; `PROTO_IMPORT_MISSING` with importer
 * and path; `PROTO_TOO_LARGE` beyond a limit
 *
 * @example
 * ```ts
 * const registry = compileProtos(new Map([['echo.proto', source]]));
 * const method = findMethod(registry, 'Echo/say');
 * ```
 */
export function compileProtos(
  files: ReadonlyMap<string, string>,
  { limits: given }: CompileProtosOptions = {},
): FileRegistry {
  const limits = { ...defaultLimits, ...given };
  const counter = { count: 0 };
  const parsed = new Map<string, ParsedFile>();
  for (const source of selectSources(files, limits)) {
    parsed.set(source.path, parseFile(source, limits, counter));
  }
  const nodes = orderFiles(parsed);
  const table = collectSymbols(nodes);
  for (const node of nodes) {
    if (node.parsed === undefined) continue;
    resolveTypes(table, node, node.parsed);
    setDefaults(table, node.parsed);
    setStandardOptions(node.parsed);
  }
  checkFiles(table, nodes);
  const set = create(FileDescriptorSetSchema, { file: nodes.map(({ proto }) => proto) });
  const registry = createFileRegistry(set);
  checkRegistry(nodes, registry);
  // The registry holds the same descriptors, so options that are set now are seen in it.
  for (const node of nodes) {
    if (node.parsed !== undefined) setCustomOptions(table, node, node.parsed, registry);
  }
  return registry;
}
