import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, type Project } from '../../test/make-project.ts';
import { nastyProtos } from '../../test/nasty-protos.ts';
import { runInside } from '../../test/run-inside.ts';
import { type EchoService, startEchoService } from '../../test/start-echo-service.ts';
import { type LocalNetwork, startLocalNetwork } from '../../test/start-local-network.ts';
import { defineLocal } from '../session/choose-network.ts';

let echo: EchoService;
let network: LocalNetwork;
let project: Project;

beforeAll(async () => {
  echo = await startEchoService();
  network = await startLocalNetwork({
    service: false,
    serviceEndpoint: echo.endpoint,
    protos: nastyProtos,
  });
  const { env, directory } = network.home;
  project = await makeProject(join(directory, 'project'));
  const args = ['sdk', 'generate', 'local', 'text', '-o', join(project.directory, 'client')];
  const result = await runInside(args, { env: { ...env, XDG_CACHE_HOME: directory } });
  expect(result).toMatchObject({ code: 0, stderr: '' });
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
  await echo?.[Symbol.asyncDispose]();
});

test('behavior: names that clash get names of their own, and everything is typed', {
  timeout: 180_000,
}, async () => {
  const faults = await project.check(`
import { create } from '@bufbuild/protobuf';
import { anyPack, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { SnetEngine } from '@snetkit/sdk';
import * as all from './client/index.js';
import { Color, Foo_BarSchema } from './client/gen/a/v1/api_pb.js';
declare const engine: SnetEngine;
const a: all.AV1ApiClient = await all.createAV1ApiClient(engine);
const b = await all.createBV1ApiClient(a.$service);
export const ofB: string = (await b.echo({ ofB: 'x' })).ofB;
const { choice, maybe, big, blobs, constructor$ } = await a.echo({
  sharedByName: { one: { n: 1, next: { n: 2 } } },
  choice: { case: 'color', value: Color.RED },
  at: timestampFromDate(new Date(0)),
  extra: { any: ['json', 1] },
  wrapped: 'text',
  any: anyPack(Foo_BarSchema, create(Foo_BarSchema, {})),
  big: 5n,
});
if (choice.case === 'bar') choice.value.inner.trim();
export const numbers: [number | undefined, bigint, Uint8Array | undefined, string] = [maybe, big, blobs['1'], constructor$];
for (const method of [a.then$, a.constructor$, a.toString$, a.delete, a.close, a.call, a.snake_case_name]) {
  export_(await method({ data: new Uint8Array() }));
}
function export_(reply: { big: bigint }) { return reply.big; }
const names: (keyof typeof all)[] = ['createServiceClient', 'createDeleteClient', 'createBV1MyApiClient', 'createBV1MyApi2Client'];
export { names };
// @ts-expect-error it would make a promise of the client
a.then({});
// @ts-expect-error the name of both packages belongs to neither
all.createApiClient;
`);
  expect(faults).toEqual([]);
});

test('behavior: all of it arrives', async () => {
  const { devnet, home } = network;
  const CONFIG = JSON.stringify({
    network: defineLocal(devnet),
    rpcUrl: devnet.rpcUrl,
    contentUrl: devnet.contentUrl,
    ledgerDirectory: join(devnet.directory, 'ledger'),
    accounts: [{ privateKey: devnet.accounts.client.privateKey }],
  });
  const printed = await project.run(
    `import { create, toJson } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { createConfig, SnetEngine } from '@snetkit/sdk';
import * as all from './client/index.js';
import { Color, EverythingSchema } from './client/gen/a/v1/api_pb.js';
const engine = new SnetEngine(createConfig(JSON.parse(process.env.CONFIG)));
let paid = 0n;
const a = await all.createAV1ApiClient(engine, { onPayment: ({ price }) => { paid += price; } });
const message = {
  sharedByName: { one: { n: 1, next: { n: 2 } } }, blobs: { 7: new Uint8Array([1, 2]) },
  choice: { case: 'color', value: Color.RED }, maybe: 0, colors: [Color.RED],
  at: timestampFromDate(new Date(1e12)), took: durationFromMs(1500), extra: { deep: [true, null] },
  wrapped: 'text', big: 2n ** 64n - 1n, clash: { outer: 'o' }, schema: { trap: 't' },
  constructor$: 'c', default: 'd', data: new Uint8Array([255]),
};
const json = (value) => JSON.stringify(toJson(EverythingSchema, value));
const sent = json(create(EverythingSchema, message));
const results = [json(await a.echo(message))];
for await (const reply of a.follow(message)) results.push(json(reply));
results.push(json(await a.collect([message])));
async function* twice() { yield message; yield message; }
for await (const reply of a.talk(twice())) results.push(json(reply));
for (const name of ['then$', 'constructor$', 'toString$', 'delete', 'close', 'call', 'snake_case_name']) results.push(json(await a[name](message)));
const others = [];
for (const [create, request] of [[all.createBV1ApiClient, { ofB: 'b' }], [all.createDeleteClient, { name: 'n' }], [all.createServiceClient, { bar: { inner: 'i' } }]]) {
  const client = await create(a.$service);
  const { ofB, name, n, bar } = await client.echo(request);
  others.push(ofB ?? name ?? bar.inner, n);
  await client.$close();
}
console.log(JSON.stringify({ same: results.map((one) => one === sent), others, paid: String(paid) }));
await engine.close();
`,
    { ...home.env, CONFIG },
  );
  expect(JSON.parse(printed)).toEqual({
    same: Array(12).fill(true),
    others: ['b', null, 'n', 7, 'i', null],
    paid: String(devnet.price * 14n),
  });
});
