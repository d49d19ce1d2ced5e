import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import type { ClientLanguage, GeneratedClient, ServicePin } from '@snetkit/codegen';
import { formatFacts } from '../output/format-facts.ts';

/** A client as it is reported. */
export interface WrittenClient {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly status: GeneratedClient['status'];
  readonly language: ClientLanguage;
  /** Of the package. */
  readonly name: string;
  readonly folder: string;
  readonly service: ServicePin;
  /** What the client there was generated from. */
  readonly previous: ServicePin | null;
  /** Paths of files that are new, other, or gone. */
  readonly changed: readonly string[];
}

/** Tells a person what was written. */
export function formatClients(
  clients: readonly WrittenClient[],
  dim: (text: string) => string,
): string {
  return clients.map((client) => formatClient(client, dim)).join('\n\n');
}

function formatClient(client: WrittenClient, dim: (text: string) => string): string {
  const { organizationId, serviceId, status, language, name, folder, service, changed } = client;
  const id = `${organizationId}/${serviceId}`;
  if (status === 'current') return `${id} is up to date in ${folder}`;
  const use: [string, string][] = language === 'typescript' ? [['use', describeUse(folder)]] : [];
  const facts: [string, string][] = [
    ['package', name],
    ['document', service.metadataUri],
    ['protos', service.protosUri],
    ['files', `${changed.length} changed`],
    ...use,
  ];
  return `wrote a client of ${id} to ${folder}\n${formatFacts(facts, dim)}`;
}

/** Where what the client needs is found from its folder, it is used as it is: in a clone, for example. */
function describeUse(folder: string): string {
  const path = `${isAbsolute(folder) ? '' : './'}${folder}`;
  return isUsable(folder) ? `import it from ${path}/index.js` : `npm install ${path}`;
}

function isUsable(folder: string): boolean {
  const { resolve: find } = createRequire(join(resolve(folder), 'index.js'));
  try {
    find('@snetkit/sdk');
    find('@bufbuild/protobuf');
    return true;
  } catch {
    return false;
  }
}
