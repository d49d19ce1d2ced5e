import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodegenError } from '../codegen-error.ts';
import type { ClientRecord } from './client-record.ts';
import {
  type ClientName,
  clientScript,
  formatIndexScript,
  formatIndexTypes,
} from './client-source.ts';
import type { Descriptors } from './descriptors.ts';
import type { GeneratedFiles } from './generated-files.ts';
import { nameClients } from './name-clients.ts';
import { formatReadme } from './package-readme.ts';
import { runPlugin } from './run-plugin.ts';

/** What the package is made of. */
export interface GenerateTypescriptOptions {
  readonly descriptors: Descriptors;
  readonly record: ClientRecord;
  /** Version range of `@bufbuild/protobuf`. */
  readonly protobuf: string;
  readonly signal: AbortSignal;
}

/**
 * The files of a typed package: JavaScript with declarations, so that it needs no build and may lie in
 * `node_modules`.
 *
 * @throws CodegenError
 */
export async function generateTypescript(
  options: GenerateTypescriptOptions,
): Promise<GeneratedFiles> {
  const { descriptors, record, signal } = options;
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('@bufbuild/protoc-gen-es/package.json'));
  const made = await runPlugin({
    name: 'protoc-gen-es',
    command: [process.execPath, join(home, 'bin', 'protoc-gen-es')],
    descriptors,
    files: descriptors.files.map(({ proto }) => proto.name),
    parameter: 'target=js+dts,import_extension=js',
    signal,
  });
  const clients = findClients(descriptors, made);
  const files = new Map([...made].map(([path, text]) => [`gen/${path}`, text]));
  files.set('client.js', clientScript);
  files.set('index.js', formatIndexScript(clients, record.service));
  files.set('index.d.ts', formatIndexTypes(clients, record.service));
  files.set('package.json', formatManifest(options));
  files.set('README.md', formatReadme(clients, record));
  return files;
}

function findClients({ services }: Descriptors, made: GeneratedFiles): ClientName[] {
  const names = nameClients(services);
  return services.map((service) => {
    const path = `${service.file.name}_pb.js`;
    const index = service.file.services.indexOf(service);
    // The plugin has its own rules for names that are taken or reserved; what it wrote counts.
    const pattern = /export const ([\w$]+) = \/\*@__PURE__\*\/\s*serviceDesc\([\w$]+, (\d+)\)/g;
    const found = [...(made.get(path) ?? '').matchAll(pattern)].find(
      (match) => match[2] === String(index),
    );
    const exportName = found?.[1];
    if (exportName === undefined) {
      throw new CodegenError('CODEGEN_OUTPUT_MISSING', 'The generator left a service out.', {
        place: path,
        found: service.typeName,
      });
    }
    return { service, exportName, name: names.get(service) ?? '', module: `./gen/${path}` };
  });
}

function formatManifest({ record, protobuf }: GenerateTypescriptOptions): string {
  const { name, service, sdk } = record;
  const manifest = {
    name,
    version: service === null ? '0.0.0' : `0.0.0-cid-${getTail(service.metadataUri)}`,
    description:
      service === null
        ? 'A typed client, payment included'
        : `Calls ${service.organizationId}/${service.serviceId} of SingularityNET, payment included`,
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './gen/*': './gen/*',
      './service.json': './service.json',
      './package.json': './package.json',
    },
    dependencies: { '@bufbuild/protobuf': protobuf, '@snetkit/sdk': sdk },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** The end of a CID: enough to tell two versions of a service apart. */
function getTail(uri: string): string {
  return uri.replace(/[^0-9A-Za-z]/g, '').slice(-12);
}
