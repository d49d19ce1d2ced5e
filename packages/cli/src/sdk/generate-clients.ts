import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ClientLanguage, ServicePin } from '@snetkit/codegen';
import { BaseError, type ErrorCode } from '@snetkit/core';
import type { SdkGenerateInput } from '../commands/sdk-generate.ts';
import { nameClientPlaces, toSlug } from './client-place.ts';
import { type FetchedService, fetchService } from './fetch-service.ts';
import { formatClients, type WrittenClient } from './format-clients.ts';
import { openCachedContent, openRegistry } from './open-registry.ts';

/** A client that is to be written. */
interface Task {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly outDir: string;
  readonly name: string;
  fetch(): Promise<FetchedService>;
}

/** Writes, or checks, the client of one service or of all services of an organization. */
export async function generateClients(input: SdkGenerateInput): Promise<void> {
  const { options, output } = input;
  const [organizationId = '', serviceId] = input.arguments;
  const language = await readLanguage(options.language);
  if (serviceId === undefined && options.name !== undefined) throw nameForMany();
  const isOffline = options.offline === true;
  await using registry = isOffline ? undefined : await openRegistry(input);
  const tasks =
    registry === undefined
      ? await planOffline(input)
      : plan(input, await listIds(registry, organizationId, serviceId), registry);
  const clients: WrittenClient[] = [];
  const failures: [Task, BaseError][] = [];
  for (const task of tasks) {
    output.status(`Reading what ${task.organizationId}/${task.serviceId} publishes ...`);
    try {
      clients.push(await writeClient(task, language, input));
    } catch (cause) {
      const error = await toBaseError(cause);
      if (serviceId !== undefined || input.signal.aborted) throw error;
      failures.push([task, error]);
    }
  }
  output.status('');
  checkStale(clients);
  if (failures.length > 0) throw someFailed(failures, tasks.length);
  output.result({ clients }, () => formatClients(clients, (name) => output.style('dim', name)));
}

async function listIds(
  registry: { listServices(organizationId: string): Promise<readonly string[]> },
  organizationId: string,
  serviceId: string | undefined,
): Promise<readonly string[]> {
  return serviceId === undefined ? registry.listServices(organizationId) : [serviceId];
}

function plan(
  { arguments: [organizationId = '', serviceId], options, signal }: SdkGenerateInput,
  serviceIds: readonly string[],
  registry: Awaited<ReturnType<typeof openRegistry>>,
): Task[] {
  const base = options.out ?? getDefaultFolder(organizationId);
  const isOne = serviceId !== undefined && options.out !== undefined;
  return nameClientPlaces({ organizationId, serviceIds }).map((place) => ({
    organizationId,
    serviceId: place.serviceId,
    outDir: isOne ? base : join(base, place.folder),
    name: options.name ?? place.packageName,
    fetch: () =>
      fetchService({
        ...registry,
        organizationId,
        serviceId: place.serviceId,
        group: options.group,
        signal,
      }),
  }));
}

/** What was generated before says which services there are. */
async function planOffline(input: SdkGenerateInput): Promise<Task[]> {
  const { options, env, signal } = input;
  const [organizationId = '', serviceId] = input.arguments;
  const { readClientRecord } = await import('@snetkit/codegen');
  const base = options.out ?? getDefaultFolder(organizationId);
  const entries = serviceId === undefined ? await readdir(base).catch(() => []) : [];
  const one = options.out ?? join(base, toSlug(serviceId ?? ''));
  const folders =
    serviceId === undefined ? entries.sort().map((entry) => join(base, entry)) : [one];
  const content = openCachedContent(env);
  const tasks: Task[] = [];
  for (const outDir of folders) {
    const record = await readClientRecord(outDir);
    const service = record?.service;
    if (record === undefined || !service || !isWanted(service, organizationId, serviceId)) continue;
    const { group = service.group, name = record.name } = options;
    tasks.push({
      ...service,
      outDir,
      name,
      fetch: () => fetchService({ ...service, group, content, signal }),
    });
  }
  if (tasks.length > 0) return tasks;
  throw new BaseError('INPUT_UNREADABLE', 'No client was generated there before.', {
    place: serviceId === undefined ? base : one,
    expected: `service.json of ${organizationId}${serviceId === undefined ? '' : `/${serviceId}`}`,
    hint: 'Generate it once without --offline.',
  });
}

function isWanted(
  service: ServicePin,
  organizationId: string,
  serviceId: string | undefined,
): boolean {
  const isService = serviceId === undefined || service.serviceId === serviceId;
  return service.organizationId === organizationId && isService;
}

async function writeClient(
  task: Task,
  language: ClientLanguage,
  { options, signal }: SdkGenerateInput,
): Promise<WrittenClient> {
  const { generateClient } = await import('@snetkit/codegen');
  const { organizationId, serviceId, outDir, name } = task;
  const { check, force } = options;
  const [fetched, sdk] = await Promise.all([task.fetch(), readSdkRange()]);
  const made = await generateClient({
    ...fetched,
    outDir,
    name,
    language,
    sdk,
    check,
    force,
    signal,
  });
  return {
    organizationId,
    serviceId,
    status: made.status,
    language,
    name,
    folder: outDir,
    service: fetched.service,
    previous: made.previous?.service ?? null,
    changed: made.changed,
  };
}

function checkStale(clients: readonly WrittenClient[]): void {
  const stale = clients.filter(({ status }) => status === 'stale');
  if (stale.length === 0) return;
  const found = stale.map(({ folder, service, previous, changed }) => {
    if (previous === null) return `${folder}: was not generated`;
    if (previous.protosUri !== service.protosUri) return `${folder}: the protos changed`;
    if (previous.metadataUri !== service.metadataUri) return `${folder}: the document changed`;
    return `${folder}: other files, such as ${changed.slice(0, 3).join(', ')}`;
  });
  throw new BaseError('SERVICE_CHANGED', 'Generated clients are out of date.', {
    found: found.join('\n'),
    hint: 'Run the same command without --check.',
  });
}

function someFailed(failures: readonly [Task, BaseError][], all: number): BaseError {
  const [[, first]] = failures as [[Task, BaseError]];
  const message = `${failures.length} of ${all} services got no client.`;
  return new BaseError(first.code, message, {
    found: failures
      .map(([{ serviceId }, error]) => `${serviceId}: ${error.shortMessage} (${error.code})`)
      .join('\n'),
    cause: first,
  });
}

async function toBaseError(cause: unknown): Promise<BaseError> {
  const { CodegenError } = await import('@snetkit/codegen');
  if (!(cause instanceof CodegenError)) return BaseError.from(cause);
  const { code, shortMessage, place, found, hint } = cause;
  return new BaseError(code satisfies ErrorCode, shortMessage, { place, found, hint, cause });
}

async function readLanguage(text: string | undefined): Promise<ClientLanguage> {
  const { languages } = await import('@snetkit/codegen');
  const language = languages.find((one) => one === (text ?? 'typescript'));
  if (language !== undefined) return language;
  throw new BaseError('COMMAND_LINE_INVALID', 'Clients are not generated in this language.', {
    place: '--language',
    expected: `one of ${languages.join(', ')}`,
    found: JSON.stringify(text?.slice(0, 40)),
  });
}

function nameForMany(): BaseError {
  return new BaseError('COMMAND_LINE_INVALID', 'One name cannot be that of several packages.', {
    place: '--name',
    hint: 'Name a service, too, or leave --name out.',
  });
}

function getDefaultFolder(organizationId: string): string {
  return join('clients', toSlug(organizationId));
}

async function readSdkRange(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('@snetkit/sdk/package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return `^${version}`;
}
