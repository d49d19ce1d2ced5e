import type { Account, SnetEngine } from '@snetkit/sdk';
import type { CommandInput, OptionValues } from '../commands/command.ts';
import { type ChosenNetwork, chooseNetwork } from './choose-network.ts';
import { readPrivateKey } from './read-private-key.ts';
import type { sessionOptions } from './session-options.ts';

/** What most commands work with. */
export interface Session extends AsyncDisposable {
  readonly engine: SnetEngine;
  readonly account: Account;
  readonly chosen: ChosenNetwork;
}

/**
 * Connects to the chosen network in the name of the user's account.
 *
 * @throws BaseError `NETWORK_NOT_CHOSEN`, `PRIVATE_KEY_MISSING`, `PRIVATE_KEY_INVALID`, ...
 */
export async function openSession({
  options,
  env,
}: Pick<CommandInput, 'env'> & {
  readonly options: OptionValues<typeof sessionOptions>;
}): Promise<Session> {
  const [chosen, { createConfig, SnetEngine }] = await Promise.all([
    chooseNetwork({ options, env }),
    import('@snetkit/sdk'),
  ]);
  const { network, rpcUrl, contentUrl, ledgerDirectory, local } = chosen;
  const engine = new SnetEngine(createConfig({ network, rpcUrl, contentUrl, ledgerDirectory }));
  const file = options['private-key-file'];
  const privateKey = await readPrivateKey({
    file,
    env,
    fallback: local?.accounts.client.privateKey,
  });
  const account = engine.addAccount({ privateKey });
  return { engine, account, chosen, [Symbol.asyncDispose]: () => engine.close() };
}
