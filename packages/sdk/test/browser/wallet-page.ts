// What an application does in a page: it finds the user's wallet, lets it open a channel, and calls.
// Runs in the browser, bundled from the built packages.
import { connectWallet, discoverWallets } from '@snetkit/contracts/signers/wallet';
import { openDelegateSigner } from '@snetkit/payments/browser';
import { createConfig, formatAmount, type NetworkInput, SnetEngine } from '@snetkit/sdk';

/** Where everything is. */
export interface PageOptions {
  readonly network: NetworkInput;
  readonly rpcUrl: string;
  readonly contentUrl: string;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly calls: number;
}

/** What the page saw. */
export interface PageResult {
  readonly wallets: readonly string[];
  readonly languages: readonly string[];
  readonly channelId: bigint;
  readonly paid: readonly bigint[];
}

/** Makes paid calls one after the other, and shows what is left. */
export async function callAndShow(options: PageOptions): Promise<PageResult> {
  const { network, rpcUrl, contentUrl, organizationId, serviceId, calls } = options;
  const wallets = await discoverWallets();
  const provider = wallets[0]?.provider;
  if (provider === undefined) throw new TypeError('there is no wallet');
  const { chainId } = network;
  const signer = await connectWallet({ provider, chain: { chainId } });
  const paymentSigner = await openDelegateSigner({ owner: signer.address });
  const config = createConfig({
    network,
    rpcUrl,
    contentUrl,
    accounts: [{ signer, paymentSigner }],
  });
  await using engine = new SnetEngine(config);
  const paid: bigint[] = [];
  const languages: string[] = [];
  const service = await engine.createServiceClient({
    organizationId,
    serviceId,
    funding: { callsAhead: 12n },
    onPayment: ({ price }) => paid.push(price),
  });
  for (let call = 0; call < calls; call += 1) {
    const reply = await service.call('Detect', { text: 'Guten Morgen, wie geht es?' });
    const { language } = reply['detection'] as { language: { name: string } };
    languages.push(language.name);
  }
  await service.close();
  const [channel] = await engine.channels.list();
  if (channel === undefined) throw new TypeError('there is no channel');
  document.body.textContent = `${formatAmount(channel.unspent, engine.token)} left`;
  return { wallets: wallets.map(({ name }) => name), languages, channelId: channel.id, paid };
}
