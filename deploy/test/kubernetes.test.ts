import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Deployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { afterEach, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { examplePath } from './support/example.ts';
import { runProgram } from './support/run-program.ts';

/** The published schemas of the API, by kind: values are checked by the first, names of fields by the type. */
const kinds = {
  ConfigMap: [ConfigMap, 'v1', 'IConfigMap'],
  Deployment: [Deployment, 'apps/v1', 'IDeployment'],
  PodDisruptionBudget: [PodDisruptionBudget, 'policy/v1', 'IPodDisruptionBudget'],
  Service: [Service, 'v1', 'IService'],
  ServiceAccount: [ServiceAccount, 'v1', 'IServiceAccount'],
} as const;

type Manifest = {
  apiVersion: string;
  kind: keyof typeof kinds;
  metadata: { name: string };
  // biome-ignore lint/suspicious/noExplicitAny: whatever YAML says, before it is checked
  [field: string]: any;
};

const room = fileURLToPath(new URL('..', import.meta.url));
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

test('default: every manifest is what the API takes', async () => {
  const manifests = await readManifests();
  expect(manifests.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds));
  for (const manifest of manifests) {
    const [Model] = kinds[manifest.kind];
    expect(Model.apiVersion).toBe(manifest.apiVersion);
    expect(() => new Model(manifest as never).validate()).not.toThrow();
  }
  expect(await checkTypes(manifests)).toBe('');
});

test('error: a wrong value, and a field that nobody knows', async () => {
  const manifests = await readManifests();
  const deployment = manifests.find(({ kind }) => kind === 'Deployment') as Manifest;
  const [container] = deployment['spec'].template.spec.containers;
  container.readinessProbe.grpc.port = 'grpc';
  expect(() => new Deployment(deployment as never).validate()).toThrow(
    'data/spec/template/spec/containers/0/readinessProbe/grpc/port must be integer',
  );
  container.readinessProbe.grpc.port = 8080;
  container.readynessProbe = container.readinessProbe;
  expect(await checkTypes([deployment])).toContain(
    `'"readynessProbe"' does not exist in type 'IContainer'`,
  );
});

test('behavior: the pod is given as long as its daemon takes to stop', async () => {
  const manifests = await readManifests();
  const pod = manifests.find(({ kind }) => kind === 'Deployment')?.['spec'].template.spec;
  const text = manifests.find(({ kind }) => kind === 'ConfigMap')?.['data']['snetd.config.json'];
  const config = JSON.parse(text);
  const seconds = (value: string) => Number(/^(\d+)s$/.exec(value)?.[1]);
  const drain = seconds(config.stop_delay) + seconds(config.stop_grace_period);
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + 10);
  // It is told to be not ready before it refuses: a probe that fails once must have run until then.
  const { periodSeconds, timeoutSeconds } = pod.containers[0].readinessProbe;
  expect(seconds(config.stop_delay)).toBeGreaterThan(periodSeconds + timeoutSeconds);
  expect(pod.containers[0].ports[0].containerPort).toBe(
    Number(new URL(`http://${config.daemon_endpoint}`).port),
  );
  const mounts = pod.containers[0].volumeMounts.map((mount: Manifest) => mount['mountPath']);
  for (const key of ['ca', 'cert', 'key']) {
    expect(mounts).toContain(dirname(config[`payment_channel_${key}_path`]));
  }
});

async function readManifests(): Promise<Manifest[]> {
  const folder = examplePath('kubernetes');
  const files = globSync('*.yaml', { cwd: folder }).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
}

/** What the compiler says of the manifests as literals of the published types: it knows every field. */
async function checkTypes(manifests: readonly Manifest[]): Promise<string> {
  // Inside of this room: the types are found from there.
  const folder = await mkdtemp(join(room, 'node_modules', '.manifests-'));
  folders.push(folder);
  const lines = manifests.map((manifest, index) => {
    const [, api, type] = kinds[manifest.kind];
    const name = `import('kubernetes-models/${api}').${type}`;
    return `export const manifest${index}: ${name} = ${JSON.stringify(manifest)};\n`;
  });
  const file = join(folder, 'manifests.ts');
  await writeFile(file, lines.join(''));
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const { stdout, stderr } = await runProgram([
    ...[process.execPath, join(dirname(manifest), 'bin/tsc'), '--noEmit', '--strict'],
    ...['--module', 'nodenext', '--moduleResolution', 'nodenext', '--skipLibCheck', file],
  ]);
  return `${stdout}${stderr}`;
}
