import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Devnet, publishService, readExampleProtos } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from '../../test/make-project.ts';
import { runInside } from '../../test/run-inside.ts';
import { runSnet } from '../../test/run-snet.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';
import { defineLocal } from '../session/choose-network.ts';

let network: LocalNetwork;
let project: Project;
/** Settings of programs and commands of the project. */
let env: Record<string, string>;

beforeAll(async () => {
  network = await startLocalNetwork();
  const { devnet, home } = network;
  project = await makeProject(join(home.directory, 'project'));
  env = {
    ...home.env,
    XDG_CACHE_HOME: join(home.directory, 'cache'),
    CONFIG: JSON.stringify({
      network: defineLocal(devnet),
      rpcUrl: devnet.rpcUrl,
      contentUrl: devnet.contentUrl,
      ledgerDirectory: join(devnet.directory, 'ledger'),
      accounts: [{ privateKey: devnet.accounts.client.privateKey }],
    }),
  };
});

afterAll(() => network?.[Symbol.asyncDispose]());

const inProject = (...path: string[]) => join(project.directory, ...path);

/** Within this process: faster, where the folder it runs in makes no difference. */
const generate = (...args: readonly string[]) => runInside(['sdk', 'generate', ...args], { env });

/** Runs a program with an engine of the client's account. */
function runProgram(imports: string, body: string): Promise<string> {
  const start = `import { createConfig, SnetEngine } from '@snetkit/sdk';
const engine = new SnetEngine(createConfig(JSON.parse(process.env.CONFIG)));`;
  return project.run(`${imports}\n${start}\n${body}\nawait engine.close();\n`, env);
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
}

/** Registers another version of the service, or another service of the organization. */
function publish(devnet: Devnet, changes: Partial<Parameters<typeof publishService>[0]> = {}) {
  return publishService({
    rpcUrl: devnet.rpcUrl,
    contracts: devnet.contracts,
    content: devnet.contentStore,
    owner: devnet.accounts.provider,
    organizationId: 'local',
    serviceId: 'text',
    protos: new Map(),
    endpoints: [devnet.endpoint],
    groupName: devnet.groupName,
    groupId: devnet.groupId,
    ...changes,
  });
}

test('default', async () => {
  const cwd = project.directory;
  const { code, stdout, stderr } = await runSnet(['sdk', 'generate', 'local', 'text'], {
    env,
    cwd,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^wrote a client of local\/text to clients\/local\/text\n {2}package {3}local-text-client\n {2}document {2}ipfs:\/\/Qm\w{44}\n {2}protos {4}ipfs:\/\/Qm\w{44}\n {2}files {5}12 changed\n {2}use {7}import it from .\/clients\/local\/text\/index.js\n$/,
  );
});

test('behavior: calls are paid, in every streaming shape', async () => {
  const printed = await runProgram(
    `import { createTextServiceClient } from './clients/local/text/index.js';`,
    `
const paid = [];
const client = await createTextServiceClient(engine, { onPayment: (receipt) => paid.push(receipt.price) });
const options = { onPayment: (receipt) => paid.push(-receipt.price) };
const { detection } = await client.detect({ text: 'Guten Morgen' }, options);
const many = [];
for await (const reply of client.detectMany({ texts: ['Guten Morgen', 'Bonjour'] })) many.push(reply.index);
async function* pieces() { yield { text: 'One sentence. ' }; yield { text: 'Another.' }; }
const summary = await client.summarise(pieces());
const chat = [];
for await (const reply of client.chat([{ text: 'Guten Tag, wie geht es?' }])) chat.push(reply.language.code);
const failure = await client.fail({ fault: { code: 5, message: 'gone' } }).catch((error) => error);
console.log(JSON.stringify({
  language: detection.language.code, many, words: String(summary.words), chat,
  failure: [failure.code, failure.status.code, failure.status.message],
  paid: paid.map(String), price: String(client.$service.getPrice('Detect')),
}));
await client.$close();
console.log(await client.detect({ text: 'x' }).catch((error) => error.code));`,
  );
  const [told = '', closed] = printed.split('\n');
  const price = '1000000000000000';
  expect(JSON.parse(told)).toEqual({
    language: 'de',
    many: [0, 1],
    words: '3',
    chat: ['de'],
    failure: ['CALL_FAILED', 5, 'gone'],
    paid: [`-${price}`, price, price, price, price],
    price,
  });
  expect(closed).toBe('CLIENT_CLOSED');
});

test('behavior: strictly typed', { timeout: 180_000 }, async () => {
  const faults = await project.check(`
import { SnetEngine } from '@snetkit/sdk';
import { createTextServiceClient, pin } from './clients/local/text/index.js';
declare const engine: SnetEngine;
await using client = await createTextServiceClient(engine, { maxPrice: 5n, onChange: 'refuse' });
const reply = await client.detect({ text: 'x' }, { timeoutMs: 5 });
export const code: string | undefined = reply.detection?.language?.code;
for await (const { index } of client.detectMany({ texts: ['x'] })) index.toFixed();
export const words: bigint = (await client.summarise([{ text: 'x' }])).words;
for await (const { text } of client.chat([{ text: 'x' }])) text.trim();
export const uri: string = pin.metadataUri;
// @ts-expect-error a field that the message does not have
client.detect({ txet: 'x' });
// @ts-expect-error a field of another type
client.detect({ text: 1 });
// @ts-expect-error one message where a stream belongs
client.summarise({ text: 'x' });
// @ts-expect-error no such method
client.detekt({ text: 'x' });
// @ts-expect-error the service is known
createTextServiceClient(engine, { serviceId: 'text' });
// @ts-expect-error a stream is no promise
(await client.chat([])).text;
`);
  expect(faults).toEqual([]);
});

test('behavior: nothing is written when nothing has changed, and the same when forced', async () => {
  const folder = inProject('clients/local/text');
  const before = await readAll(folder);
  expect(await generate('local', 'text', '-o', folder)).toEqual({
    code: 0,
    stdout: `local/text is up to date in ${folder}\n`,
    stderr: '',
  });
  await writeFile(join(folder, 'index.js'), '// by hand\n');
  const stale = await generate('local', 'text', '-o', folder, '--check');
  expect(stale.code).toBe(6);
  expect(stale.stderr.split('\n').slice(0, 2)).toEqual([
    'error: Generated clients are out of date. (SERVICE_CHANGED)',
    `  found  ${folder}: other files, such as index.js`,
  ]);
  const { code, stdout } = await generate('local', 'text', '-o', folder, '--force', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    clients: [
      {
        organizationId: 'local',
        serviceId: 'text',
        status: 'written',
        language: 'typescript',
        name: 'local-text-client',
        folder,
        service: { network: 'devnet', chainId: 31337, group: 'default_group' },
        changed: ['index.js'],
      },
    ],
  });
  expect(await readAll(folder)).toEqual(before);
  expect(await generate('local', 'text', '-o', folder, '--check')).toMatchObject({ code: 0 });
});

test('behavior: from the cache, when neither chain nor network is there', async () => {
  const folder = inProject('clients/local/text');
  const before = await readAll(folder);
  const offline = { ...env, XDG_STATE_HOME: inProject('nowhere'), SNET_RPC_URL: 'http://no.test' };
  const args = ['sdk', 'generate', 'local', 'text', '-o', folder, '--offline', '--force'];
  await writeFile(join(folder, 'index.js'), '');
  expect(await runInside(args, { env: offline })).toMatchObject({ code: 0, stderr: '' });
  expect(await readAll(folder)).toEqual(before);

  const empty = { ...offline, XDG_CACHE_HOME: inProject('empty') };
  const { code, stderr } = await runInside(args, { env: empty });
  expect(code).toBe(3);
  expect(stderr).toContain('is not to be had from nobody (--offline)');

  const other = await generate('local', 'text', '-o', inProject('other'), '--offline');
  expect(other).toEqual({
    code: 2,
    stdout: '',
    stderr: [
      'error: No client was generated there before. (INPUT_UNREADABLE)',
      `  place     ${inProject('other')}`,
      '  expected  service.json of local/text',
      '  fix       Generate it once without --offline.',
      '',
    ].join('\n'),
  });
});

test('behavior: a service that has changed is noticed', async () => {
  const { devnet } = network;
  const folder = inProject('clients/local/text');
  const protos = new Map(await readExampleProtos());
  const listen = `import { createTextServiceClient } from './clients/local/text/index.js';
const told = [];
console.warn = (text) => told.push(text);`;
  const program = `
await (await createTextServiceClient(engine)).$close();
await (await createTextServiceClient(engine, { onChange: 'ignore' })).$close();
await (await createTextServiceClient(engine, { onChange: ({ what }) => told.push(what) })).$close();
const error = await createTextServiceClient(engine, { onChange: 'refuse' }).catch((error) => error);
console.log(JSON.stringify([...told, error.code, error.found]));`;

  const { serviceUri } = await publish(devnet, { protos, displayName: 'Another name' });
  const metadata = JSON.parse(await runProgram(listen, program));
  expect(metadata).toEqual([
    'local/text: The service has another document than the one that this client was generated from; its protos are the same. Generate it again: snet sdk generate local text',
    'metadata',
    'SERVICE_CHANGED',
    serviceUri,
  ]);
  const stale = await generate('local', 'text', '-o', folder, '--check');
  expect({ code: stale.code, lines: stale.stderr.split('\n') }).toEqual({
    code: 6,
    lines: [
      'error: Generated clients are out of date. (SERVICE_CHANGED)',
      `  found  ${folder}: the document changed`,
      '  fix    Run the same command without --check.',
      '',
    ],
  });

  const text = protos.get('text/v1/text_service.proto') ?? '';
  const more = text.replace(
    'rpc Detect(',
    'rpc Guess(DetectRequest) returns (DetectReply);\n  rpc Detect(',
  );
  protos.set('text/v1/text_service.proto', more);
  const { apiSource } = await publish(devnet, { protos });
  expect(JSON.parse(await runProgram(listen, program))).toEqual([
    'local/text: The service has other protos than those that this client was generated from. Generate it again: snet sdk generate local text',
    'protos',
    'SERVICE_CHANGED',
    apiSource,
  ]);
  const { stderr } = await generate('local', 'text', '-o', folder, '--check');
  expect(stderr).toContain(`${folder}: the protos changed`);
  expect(await generate('local', 'text', '-o', folder)).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toContain('`guess(request)`');
});

test('behavior: a whole organization, whatever its services are called', async () => {
  const { devnet } = network;
  const protos = new Map([
    ['one.proto', 'syntax = "proto3"; message M {} service One { rpc Do(M) returns (M); }'],
  ]);
  for (const serviceId of ['../evil', 'Text', '..']) await publish(devnet, { serviceId, protos });
  const out = inProject('all');
  const { code, stdout } = await generate('local', '-o', out, '--json');
  expect(code).toBe(0);
  const { clients } = JSON.parse(stdout) as { clients: { folder: string; serviceId: string }[] };
  const folders = Object.fromEntries(clients.map((one) => [one.serviceId, one.folder]));
  expect(Object.keys(folders).sort()).toEqual(['..', '../evil', 'Text', 'text']);
  expect(folders['../evil']).toBe(join(out, 'evil'));
  expect(folders['..']).toMatch(/\/all\/id-[0-9a-f]{8}$/);
  expect(folders['Text']).toMatch(/\/all\/text-[0-9a-f]{8}$/);
  expect(folders['text']).not.toBe(folders['Text']);
  expect((await readdir(out)).sort()).toHaveLength(4);
  expect(await generate('local', '-o', out, '--check')).toMatchObject({ code: 0 });
});

test('error: protos of a hostile service', async () => {
  const { devnet } = network;
  const service = 'service S { rpc Do(M) returns (M); }';
  const m = 'syntax = "proto3"; message M {}';
  const deep = `syntax = "proto3"; ${'message M {'.repeat(40)}${'}'.repeat(40)} ${service}`;
  const hostile: [string, Map<string, string>, string][] = [
    ['deep', new Map([['deep.proto', deep]]), 'PROTO_INVALID'],
    [
      'quotes',
      new Map([['a";process.exit();".proto', `${m} ${service}`]]),
      'CODEGEN_INPUT_INVALID',
    ],
    ['nothing', new Map([['m.proto', m]]), 'CODEGEN_INPUT_INVALID'],
    [
      'wide',
      new Map([
        ['w.proto', `${m} ${service} ${'message A {} '.repeat(3)}//${'x'.repeat(5 << 20)}`],
      ]),
      'ARCHIVE_TOO_LARGE',
    ],
  ];
  for (const [serviceId, protos, expected] of hostile) {
    await publish(devnet, { organizationId: 'hostile', serviceId, protos });
    const folder = inProject('hostile', serviceId);
    const { code, stdout } = await generate('hostile', serviceId, '-o', folder, '--json');
    expect({ serviceId, code, error: JSON.parse(stdout).error?.code }).toEqual({
      serviceId,
      code: 6,
      error: expected,
    });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  }
  const { code, stderr } = await generate('hostile', '-o', inProject('hostile'));
  expect(code).toBe(6);
  expect(stderr).toContain('error: 4 of 4 services got no client.');
  expect(stderr).toContain('nothing: The protos define no service. (CODEGEN_INPUT_INVALID)');
});

test('error: a folder with other files in it stays as it is', async () => {
  expect(await generate('local', 'text', '-o', project.directory)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^error: The output folder holds other files\. \(CODEGEN_OUTPUT_TAKEN\)\n/,
    ),
  });
  expect(await readdir(project.directory)).toContain('program.js');
});

test.each([
  [['local', 'text', '--language', 'cobol'], 'Clients are not generated in this language.'],
  [['local', '--name', 'x'], 'One name cannot be that of several packages.'],
])('error: %s', async (args, message) => {
  const { code, stderr } = await generate(...args);
  expect(code).toBe(2);
  expect(stderr.split('\n')[0]).toBe(`error: ${message} (COMMAND_LINE_INVALID)`);
});

test('error: a service that is not registered, and a group that it does not have', async () => {
  const missing = await generate('local', 'nothing', '-o', inProject('x'));
  expect(missing.stderr).toContain('(NOT_REGISTERED)');
  const group = await generate('local', 'text', '-o', inProject('x'), '--group', 'gold');
  expect(group.stderr).toContain('(SERVICE_GROUP_UNKNOWN)');
  expect(group.stderr).toContain('one of default_group');
});
