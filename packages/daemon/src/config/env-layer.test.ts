import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnvLayer } from './env-layer.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-env-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function failure(env: Record<string, string>): Promise<string> {
  const error = await readEnvLayer(env).catch((cause: unknown) => cause);
  if (error instanceof BaseError) return error.message.replaceAll(directory, 'DIR');
  throw error;
}

test('default: a secret stands in a file, without its line break', async () => {
  const path = join(directory, 'secret');
  await writeFile(path, 'a secret with 32 bytes, or a few more\n');
  expect(await readEnvLayer({ SNET_TOKEN_SECRET_KEY_FILE: path })).toEqual({
    settings: [
      {
        key: 'token_secret_key',
        path: [],
        raw: 'a secret with 32 bytes, or a few more',
        place: `environment variable SNET_TOKEN_SECRET_KEY_FILE (${path})`,
      },
    ],
    warnings: [],
  });
});

test('behavior: the URL of a node may stand in a file, because providers put keys into it', async () => {
  const path = join(directory, 'node');
  await writeFile(path, 'https://node.example/v3/key');
  const { settings } = await readEnvLayer({ SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT_FILE: path });
  expect(settings).toMatchObject([
    { key: 'ethereum_json_rpc_http_endpoint', raw: 'https://node.example/v3/key' },
  ]);
});

test('behavior: what is no secret has no file', async () => {
  expect(await readEnvLayer({ SNET_SERVICE_ID_FILE: '/nowhere' })).toMatchObject({
    settings: [],
    warnings: [expect.stringContaining('SNET_SERVICE_ID_FILE is no setting of this daemon')],
  });
});

test('error: a file that is not there', async () => {
  expect(
    await failure({ SNET_TOKEN_SECRET_KEY_FILE: join(directory, 'missing') }),
  ).toMatchInlineSnapshot(`
    "The setting token_secret_key does not fit.
    Place: environment variable SNET_TOKEN_SECRET_KEY_FILE
    Expected: the path of a file that holds the value
    Found: ENOENT: no such file or directory, open 'DIR/missing'
    Fix: Check the path, and that the daemon may read the file."
  `);
});

test('error: a secret both ways', async () => {
  expect(
    await failure({ SNET_TOKEN_SECRET_KEY_FILE: '/nowhere', SNET_TOKEN_SECRET_KEY: 'hush' }),
  ).toMatchInlineSnapshot(`
    "The setting token_secret_key does not fit.
    Place: environment variable SNET_TOKEN_SECRET_KEY_FILE
    Expected: one of SNET_TOKEN_SECRET_KEY and SNET_TOKEN_SECRET_KEY_FILE
    Found: both
    Fix: Remove one of the two variables."
  `);
});
