import { isAbsolute } from 'node:path';
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
  const use: [string, string][] =
    language === 'typescript'
      ? [['use', `npm install ${isAbsolute(folder) ? '' : './'}${folder}`]]
      : [];
  const facts: [string, string][] = [
    ['package', name],
    ['document', service.metadataUri],
    ['protos', service.protosUri],
    ['files', `${changed.length} changed`],
    ...use,
  ];
  return `wrote a client of ${id} to ${folder}\n${formatFacts(facts, dim)}`;
}
