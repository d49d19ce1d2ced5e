import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { EtcdError } from './etcd-error.ts';
import type { EtcdTls } from './etcd-options.ts';

/** Makes a user with all rights and switches authentication on, through etcd's JSON interface. */
export async function enableAuth(options: {
  endpoint: string;
  tls: EtcdTls | undefined;
  user: { readonly name: string; readonly password: string };
}): Promise<void> {
  const { endpoint, tls, user } = options;
  const post = (path: string, body: object) => postJson(`${endpoint}/v3/auth/${path}`, body, tls);
  // etcd insists on a user "root" with the role "root".
  await post('role/add', { name: 'root' });
  for (const name of new Set(['root', user.name])) {
    await post('user/add', { name, password: user.password });
    await post('user/grant', { user: name, role: 'root' });
  }
  await post('enable', {});
}

function postJson(url: string, body: object, tls: EtcdTls | undefined): Promise<void> {
  const ask = tls === undefined ? requestHttp : requestHttps;
  const files =
    tls === undefined
      ? {}
      : {
          ca: readFileSync(tls.caFile),
          cert: readFileSync(tls.certFile),
          key: readFileSync(tls.keyFile),
        };
  return new Promise((resolve, reject) => {
    const asked = ask(url, { method: 'POST', timeout: 10_000, ...files }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(failed(url, text));
      });
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error) => reject(failed(url, error.message)));
    asked.end(JSON.stringify(body));
  });
}

function failed(url: string, found: string): EtcdError {
  return new EtcdError('ETCD_START_FAILED', `etcd refused ${new URL(url).pathname}.`, {
    found,
    hint: 'start it again; if it stays, look at its version',
  });
}
