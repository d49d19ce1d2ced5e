import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromJson, toBinary } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { findMethod } from '@snetkit/protos';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { createCounters } from '../../src/observe/counters.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { listPriceMethods } from '../../src/pricing/list-price-methods.ts';
import { compileService, type ServiceProtos } from '../../src/serve/compile-service.ts';
import { openUpstream } from '../../src/serve/open-upstream.ts';
import { type JsonServer, startJsonServer } from '../gateway/backends/json-server.ts';
import { askUpstream } from '../upstreams/ask-upstream.ts';

/** A fenced block: the language, what stands behind it, and the text. */
interface Block {
  readonly language: string;
  readonly about: string;
  readonly text: string;
}

const page = await readFile(new URL('../../../../docs/backends.md', import.meta.url), 'utf8');
const blocks: readonly Block[] = [...page.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', about = '', text = '']) => ({ language, about, text }),
);

let directory: string;
let server: JsonServer;
let got: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-docs-'));
  server = await startJsonServer(({ request, text }, response) => {
    const told = ['content-type', 'x-api-key'].flatMap((name) =>
      request.headers[name] === undefined ? [] : [`${name}: ${request.headers[name]}`],
    );
    const head = [`${request.method} ${request.url}`, ...told].join('\n');
    got = text === '' ? `${head}\n` : `${head}\n\n${text}\n`;
    const id = /"id":(\d+)/.exec(text)?.[1];
    response.end(id === undefined ? '{}' : `{"jsonrpc":"2.0","id":${id},"result":{}}`);
  });
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Loads an example as a configuration file, with the address of the server here. */
async function load(text: string) {
  const settings = JSON.parse(text);
  const { pathname } = new URL(settings.service_endpoint ?? 'http://localhost/');
  const file = join(directory, 'snetd.config.json');
  const config = {
    organization_id: 'org',
    service_id: 'service',
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1',
    ...settings,
    ...(settings.service_endpoints === undefined && {
      service_endpoint: `${server.endpoint}${pathname}`,
    }),
  };
  await writeFile(file, JSON.stringify(config));
  return loadConfig({ file });
}

function protosOf(about: string): ServiceProtos {
  const source = blocks.find((it) => it.language === 'proto' && it.about === about)?.text ?? '';
  const protos = compileService(new Map([['service.proto', source]]));
  if (protos instanceof BaseError) throw protos;
  return protos;
}

/** Opens what the nearest configuration before an example describes. */
async function open(example: Block, options: { serviceType: string; protos?: ServiceProtos }) {
  const before = blocks.slice(0, blocks.indexOf(example));
  const settings = before.findLast((it) => it.language === 'json' && it.about === 'config');
  const { config } = await load(settings?.text ?? '{}');
  return openUpstream({
    config,
    encoding: options.serviceType === 'jsonrpc' ? 'json' : 'proto',
    protos: undefined,
    version: 'v0.0.0',
    log: createLogger(config, { sink: { write() {} } }),
    counters: createCounters(),
    ...options,
  });
}

const of = (language: string) => blocks.filter((it) => it.language === language);

test.each(of('json').filter(({ about }) => about === 'config'))(
  'default: the configuration is taken, with no word about it: $text',
  async ({ text }) => {
    const { warnings } = await load(text);
    expect(warnings).toEqual([]);
  },
);

describe('default: requests are what the page says', () => {
  test.each(of('http'))('http $about', async (example) => {
    const [, method = '', message = ''] = /^(\w+) (.*)$/.exec(example.about) ?? [];
    const protos = protosOf('http');
    const upstream = await open(example, { serviceType: 'http', protos });
    const { input, parent } = findMethod(protos.registry, method);
    const bytes = toBinary(input, fromJson(input, JSON.parse(message)));
    const path = `/${parent.typeName}/${method}`;
    expect((await askUpstream(upstream, path, bytes)).status).toBe('0');
    expect(got).toBe(example.text);
    await upstream.close();
  });

  test.each(of('jsonrpc'))('jsonrpc $about', async (example) => {
    const [, method = '', message = ''] = /^(\w+) (.*)$/.exec(example.about) ?? [];
    const upstream = await open(example, { serviceType: 'jsonrpc' });
    const { status } = await askUpstream(upstream, `/a.B/${method}`, Buffer.from(message));
    expect(status).toBe('0');
    expect(got.replace(/"id":\d+/, '"id":ID')).toBe(example.text);
    await upstream.close();
  });

  test.each(of('process'))('process $about', async (example) => {
    const [method = '', message = ''] = example.about.split(' ');
    const program = blocks
      .slice(0, blocks.indexOf(example))
      .findLast(({ language }) => language === 'sh' || language === 'js');
    const file = join(directory, program?.about ?? '');
    await writeFile(file, program?.text ?? '', { mode: 0o755 });
    const before = process.cwd();
    process.chdir(directory);
    try {
      const upstream = await open(example, { serviceType: 'process' });
      const { status, bytes } = await askUpstream(upstream, `/a.B/${method}`, Buffer.from(message));
      expect([status, `${bytes}\n`]).toEqual(['0', example.text]);
      await upstream.close();
    } finally {
      process.chdir(before);
    }
  });
});

test('default: the price method of the page is found', () => {
  expect(listPriceMethods(protosOf('price').methods)).toEqual(
    new Map([['/art.Draw/Picture', '/art.Draw/PriceOfPicture']]),
  );
});

test('behavior: nothing on the page is left out', () => {
  const count = (language: string) => of(language).length;
  expect(['json', 'http', 'jsonrpc', 'process', 'proto', 'sh', 'js', 'ts'].map(count)).toEqual([
    10, 4, 1, 2, 2, 1, 1, 1,
  ]);
  expect(blocks.length).toBe(22);
});
