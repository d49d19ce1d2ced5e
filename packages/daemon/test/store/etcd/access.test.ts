import { askEtcd, type Etcd, startEtcd } from '@snetkit/etcd';
import { afterEach, expect, test } from 'vitest';
import type { EtcdStoreOptions } from '../../../src/store/etcd/etcd-store.ts';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { CommitItem } from '../../../src/store/store.ts';
import { tlsFiles, tlsTexts } from './tls.ts';
import { until } from './until.ts';

const user = { name: 'snetd', password: 'not for the log' };

let etcd: Etcd | undefined;
const opened: EtcdStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await etcd?.stop();
});

async function open(options: Omit<EtcdStoreOptions, 'endpoints' | 'scope'>): Promise<EtcdStore> {
  const { endpoints = [] } = etcd ?? {};
  const store = await openEtcdStore({
    endpoints,
    scope: 'test',
    requestTimeoutMs: 1_000,
    ...options,
  });
  opened.push(store);
  return store;
}

const put = (key: string): CommitItem => ({
  checks: [],
  writes: [{ key, value: Buffer.from('v') }],
});

async function works(store: EtcdStore): Promise<boolean> {
  const [outcome] = await store.commit([put('a')]);
  return outcome?.outcome === 'applied' && (await store.get('a')) !== undefined;
}

test('default: TLS with a certificate of its own', async () => {
  etcd = await startEtcd({ tls: tlsFiles });
  const store = await open({ tls: tlsTexts });
  expect(await works(store)).toBe(true);
  const owner = await store.openOwner();
  expect(await store.isOwnerAlive(owner.id)).toBe(true);
});

test('error: TLS without a certificate, and an authority that is not trusted', async () => {
  etcd = await startEtcd({ tls: tlsFiles });
  const { ca, cert, key } = tlsTexts;
  await expect(open({ tls: { ca } })).rejects.toThrow(/^etcd cannot be reached\./);
  await expect(open({ tls: { cert, key } })).rejects.toThrow(/self-signed certificate/);
  const [endpoint = ''] = etcd.endpoints;
  const plain = endpoint.replace('https:', 'http:');
  await expect(
    openEtcdStore({ endpoints: [plain], scope: 'test', requestTimeoutMs: 500 }),
  ).rejects.toThrow(/^etcd cannot be reached\./);
});

test('default: a user with a password', async () => {
  etcd = await startEtcd({ user });
  const store = await open({ user });
  expect(await works(store)).toBe(true);
  const owner = await store.openOwner();
  expect(await store.isOwnerAlive(owner.id)).toBe(true);
  await owner.release();
  expect(await store.isOwnerAlive(owner.id)).toBe(false);
});

test('behavior: a user who may do nothing outside the keys of the daemons', async () => {
  etcd = await startEtcd({ user });
  const [endpoint = ''] = etcd.endpoints;
  const { token } = await askEtcd(endpoint, 'auth/authenticate', user);
  const ask = (path: string, body: object) =>
    askEtcd(endpoint, `auth/${path}`, body, { token: String(token) });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  await ask('role/add', { name: 'daemons' });
  const perm = { permType: 'READWRITE', key: base64('test/'), range_end: base64('test0') };
  await ask('role/grant', { name: 'daemons', perm });
  await ask('user/add', { name: 'limited', password: 'p' });
  await ask('user/grant', { user: 'limited', role: 'daemons' });
  const store = await open({ user: { name: 'limited', password: 'p' } });
  const owner = await store.openOwner();
  expect(await works(store)).toBe(true);
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  expect(keys).toEqual(['a', `replica/${owner.id}`]);
  await owner.release();
  const { endpoints } = etcd;
  await expect(
    openEtcdStore({ endpoints, scope: 'other', user: { name: 'limited', password: 'p' } }),
  ).rejects.toMatchObject({ found: 'etcdserver: permission denied' });
});

test('behavior: a user is configured before authentication is switched on', async () => {
  etcd = await startEtcd();
  const [endpoint = ''] = etcd.endpoints;
  const store = await open({ user });
  expect(await works(store)).toBe(true);
  await askEtcd(endpoint, 'auth/role/add', { name: 'root' });
  for (const name of ['root', user.name]) {
    await askEtcd(endpoint, 'auth/user/add', { name, password: user.password });
    await askEtcd(endpoint, 'auth/user/grant', { user: name, role: 'root' });
  }
  await askEtcd(endpoint, 'auth/enable', {});
  expect(await works(store)).toBe(true);
  await askEtcd(endpoint, 'auth/authenticate', user);
});

test('error: no user, and a wrong password, which is not shown', async () => {
  etcd = await startEtcd({ user });
  await expect(open({})).rejects.toMatchObject({ found: 'etcdserver: user name is empty' });
  const error: unknown = await open({ user: { ...user, password: 'wrong secret' } }).catch(
    (cause: unknown) => cause,
  );
  expect(error).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    found: 'etcdserver: authentication failed, invalid user ID or password',
  });
  expect(JSON.stringify(error)).not.toContain('wrong secret');
});

test('behavior: TLS and a user together', async () => {
  etcd = await startEtcd({ tls: tlsFiles, user });
  expect(await works(await open({ tls: tlsTexts, user }))).toBe(true);
});

test('behavior: a token that has expired is replaced, and no call is lost', async () => {
  etcd = await startEtcd({ user, args: ['--auth-token-ttl', '1'] });
  const [endpoint = ''] = etcd.endpoints;
  const store = await open({ user });
  expect(await works(store)).toBe(true);
  // Each of these was given after the store's and is used once, because use prolongs it: when one of
  // them is refused, the store's is no good either.
  const tokens = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const { token } = await askEtcd(endpoint, 'auth/authenticate', user);
      return String(token);
    }),
  );
  await until(async () => !(await isGood(endpoint, tokens.pop() ?? '')));
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => store.commit([put(`k/${i}`)])),
  );
  expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(Array(20).fill('applied'));
});

test('behavior: rights that were changed make the old token old, and no call is lost', async () => {
  etcd = await startEtcd({ user });
  const [endpoint = ''] = etcd.endpoints;
  const store = await open({ user });
  expect(await works(store)).toBe(true);
  const { token } = await askEtcd(endpoint, 'auth/authenticate', user);
  await askEtcd(endpoint, 'auth/role/add', { name: 'other' }, { token: String(token) });
  expect(await works(store)).toBe(true);
});

async function isGood(endpoint: string, token: string): Promise<boolean> {
  try {
    await askEtcd(endpoint, 'kv/range', { key: 'YQ==' }, { token });
    return true;
  } catch {
    return false;
  }
}
