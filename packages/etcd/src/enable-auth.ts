import { askEtcd } from './ask-etcd.ts';
import type { EtcdTls } from './etcd-options.ts';

/** Makes a user with all rights and switches authentication on. */
export async function enableAuth(options: {
  endpoint: string;
  tls: EtcdTls | undefined;
  user: { readonly name: string; readonly password: string };
}): Promise<void> {
  const { endpoint, tls, user } = options;
  const ask = (path: string, body: object) => askEtcd(endpoint, `auth/${path}`, body, { tls });
  // etcd insists on a user "root" with the role "root".
  await ask('role/add', { name: 'root' });
  for (const name of new Set(['root', user.name])) {
    await ask('user/add', { name, password: user.password });
    await ask('user/grant', { user: name, role: 'root' });
  }
  await ask('enable', {});
}
