import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { EtcdError } from './etcd-error.ts';
import type { EtcdTls } from './etcd-options.ts';

/**
 * One request of etcd's JSON interface: `maintenance/alarm`, `kv/compaction`, ... Bytes are base64,
 * 64-bit numbers are texts.
 *
 * @throws EtcdError `ETCD_REFUSED`
 */
export function askEtcd(
  endpoint: string,
  path: string,
  body: object,
  options: { tls?: EtcdTls | undefined; token?: string } = {},
): Promise<Record<string, unknown>> {
  const { tls, token } = options;
  const headers = token === undefined ? {} : { authorization: token };
  const url = `${endpoint}/v3/${path}`;
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
    const asked = ask(url, { method: 'POST', timeout: 10_000, headers, ...files }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(refused(path, text));
      });
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error) => reject(refused(path, error.message)));
    asked.end(JSON.stringify(body));
  });
}

function refused(path: string, found: string): EtcdError {
  return new EtcdError('ETCD_REFUSED', `etcd did not do ${path}.`, {
    found,
    hint: 'look at its log, and at its version',
  });
}
