import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Devnet, type StartDevnetOptions, startDevnet } from '@snetkit/devnet';
import { makeHome, type TemporaryHome } from './temporary-home.ts';

/** A local network, and the home in which programs find it. */
export interface LocalNetwork extends AsyncDisposable {
  readonly devnet: Devnet;
  readonly home: TemporaryHome;
}

const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');

/** Starts a local network with the real daemon; announced, programs in its home find it. */
export async function startLocalNetwork(options: StartDevnetOptions = {}): Promise<LocalNetwork> {
  const home = await makeHome();
  const before = process.env['XDG_STATE_HOME'];
  process.env['XDG_STATE_HOME'] = home.env.XDG_STATE_HOME;
  const daemon = join(dirname(daemonPackage), 'bin/snetd.js');
  const devnet = await startDevnet({
    daemonCommand: [process.execPath, '--conditions=@snetkit/source', daemon],
    announce: true,
    ...options,
  });
  return {
    devnet,
    home,
    async [Symbol.asyncDispose]() {
      await devnet.stop();
      if (before === undefined) delete process.env['XDG_STATE_HOME'];
      else process.env['XDG_STATE_HOME'] = before;
      await home[Symbol.asyncDispose]();
    },
  };
}
