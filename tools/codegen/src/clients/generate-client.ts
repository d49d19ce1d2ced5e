import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CodegenError } from '../codegen-error.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { withTemporaryFolder } from '../files/with-temporary-folder.ts';
import { buildDescriptors } from './build-descriptors.ts';
import {
  type ClientLanguage,
  type ClientRecord,
  readClientRecord,
  recordFile,
} from './client-record.ts';
import { readDescriptors } from './descriptors.ts';
import { generateGo } from './generate-go.ts';
import { generatePython } from './generate-python.ts';
import { generateTypescript } from './generate-typescript.ts';
import { compareFiles, type GeneratedFiles, readFiles, writeFiles } from './generated-files.ts';
import type { ServicePin } from './service-pin.ts';

/** What a client is generated from, and where it goes. */
export interface GenerateClientOptions {
  /** A folder of protos that buf compiles, or a serialized `FileDescriptorSet`. */
  readonly protos: string | Uint8Array;
  /** Names of the files whose services get clients; all but protobuf's own unless given. */
  readonly ownFiles?: ReadonlySet<string> | undefined;
  /** The registered service; null for protos of which nothing is known. */
  readonly service: ServicePin | null;
  /** A folder of its own; what was generated there before is replaced. */
  readonly outDir: string;
  /** Name of the package, or path of the Go module. */
  readonly name: string;
  /** `typescript` unless given. */
  readonly language?: ClientLanguage | undefined;
  /** Version range of `@snetkit/sdk`; any unless given. */
  readonly sdk?: string | undefined;
  /** Writes nothing, and only tells what would change. */
  readonly check?: boolean | undefined;
  /** Generates also when service and generator are those of last time. */
  readonly force?: boolean | undefined;
  /** Milliseconds until it is given up; 120,000 when not given. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of it. */
export interface GeneratedClient {
  /** Absolute path. */
  readonly outDir: string;
  /** `current`: nothing had to be done. `stale`: with `check`, what is there is not what would be generated. */
  readonly status: 'written' | 'current' | 'stale';
  /** Files that were written, or would be, or would go; sorted. */
  readonly changed: readonly string[];
  readonly record: ClientRecord;
  /** What was there before. */
  readonly previous: ClientRecord | undefined;
}

/**
 * Writes a client of a service: for TypeScript a typed package with the payment built in, for Python and
 * Go the stubs of their own generators, which must be installed. The folder changes only when everything
 * succeeded, and at once. Nothing of the service is run.
 *
 * @throws CodegenError `CODEGEN_INPUT_MISSING`, `CODEGEN_INPUT_INVALID`, `CODEGEN_OUTPUT_TAKEN`,
 *   `CODEGEN_TOOL_MISSING`, `CODEGEN_FAILED`, `CODEGEN_ABORTED`
 *
 * @example
 * ```ts
 * await generateClient({ protos: 'proto', service: null, outDir: 'client', name: 'my-client' });
 * ```
 */
export async function generateClient(options: GenerateClientOptions): Promise<GeneratedClient> {
  const { service, name, language = 'typescript', sdk = '*', check = false } = options;
  const outDir = resolve(options.outDir);
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 120_000);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const record = { generator: getGenerator().name, language, name, sdk, service };
  checkName(name, language);
  const previous = await readClientRecord(outDir);
  await checkOutput(outDir, previous);
  const isSame = service !== null && JSON.stringify(previous) === JSON.stringify(record);
  if (isSame && !check && options.force !== true) {
    return { outDir, status: 'current', changed: [], record, previous };
  }
  const files = await generate(options, record, signal);
  const changed = compareFiles(await readFiles(outDir), files);
  if (changed.length === 0) return { outDir, status: 'current', changed, record, previous };
  if (check) return { outDir, status: 'stale', changed, record, previous };
  signal.throwIfAborted();
  await withTemporaryFolder(async (folder) => {
    await writeFiles(folder, files);
    await replaceFolder(folder, outDir, { keep: ['node_modules'] });
  });
  return { outDir, status: 'written', changed, record, previous };
}

async function generate(
  { protos, ownFiles }: GenerateClientOptions,
  record: ClientRecord,
  signal: AbortSignal,
): Promise<GeneratedFiles> {
  const bytes = typeof protos === 'string' ? await buildFolder(protos, signal) : protos;
  const descriptors = readDescriptors(bytes, ownFiles);
  const { language, name } = record;
  const { protobuf } = getGenerator();
  const made =
    language === 'python'
      ? await generatePython(descriptors, signal)
      : language === 'go'
        ? await generateGo(descriptors, name, signal)
        : await generateTypescript({ descriptors, record, protobuf, signal });
  return new Map([...made, [recordFile, `${JSON.stringify(record, undefined, 2)}\n`]]);
}

async function buildFolder(folder: string, signal: AbortSignal): Promise<Uint8Array> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length > 0) return buildDescriptors(folder, signal);
  throw new CodegenError('CODEGEN_INPUT_MISSING', 'There is no folder with protos.', {
    place: folder,
  });
}

const namePatterns: Readonly<Record<ClientLanguage, RegExp>> = {
  typescript: /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/,
  python: /^[A-Za-z0-9][\w.-]*$/,
  go: /^[A-Za-z0-9][\w.~-]*(\/[A-Za-z0-9][\w.~-]*)*$/,
};

function checkName(name: string, language: ClientLanguage): void {
  if (namePatterns[language].test(name) && name.length <= 214) return;
  throw new CodegenError('CODEGEN_INPUT_INVALID', 'This is no name for the package.', {
    found: JSON.stringify(name.slice(0, 100)),
    hint: 'use lower-case letters, digits, "-", "." and "_"',
  });
}

/** A folder with anything else in it would be lost. */
async function checkOutput(outDir: string, previous: ClientRecord | undefined): Promise<void> {
  if (previous !== undefined) return;
  const entries = await readdir(outDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new CodegenError('CODEGEN_OUTPUT_TAKEN', 'The output folder is none, or is closed.', {
      place: outDir,
      cause: error,
    });
  });
  if (entries.length === 0) return;
  throw new CodegenError('CODEGEN_OUTPUT_TAKEN', 'The output folder holds other files.', {
    place: outDir,
    found: entries.slice(0, 5).join(', '),
  });
}

function getGenerator(): { readonly name: string; readonly protobuf: string } {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { name, version, dependencies } = JSON.parse(text) as {
    name: string;
    version: string;
    dependencies: Record<string, string>;
  };
  return { name: `${name} ${version}`, protobuf: dependencies['@bufbuild/protobuf'] ?? '*' };
}
