// What an application does in a page: it finds the user's wallet, lets it open a channel, and calls.
// Runs in the browser, bundled from the built packages.
import { connectWallet, discoverWallets } from '@snetkit/contracts/signers/wallet';
import { openDelegateSigner } from '@snetkit/payments/browser';
import {
  createConfig,
  formatAmount,
  type NetworkInput,
  type ServiceClient,
  SnetEngine,
} from '@snetkit/sdk';

/** Where everything is. */
export interface PageOptions {
  readonly network: NetworkInput;
  readonly rpcUrl: string;
  readonly contentUrl: string;
  readonly organizationId: string;
  readonly serviceId: string;
}

const text = 'Guten Morgen, wie geht es?';
const paid: bigint[] = [];
let engine: SnetEngine;
let service: ServiceClient;

/** Connects with the wallet, and gets ready to call; returns the names of the wallets. */
export async function start(options: PageOptions): Promise<readonly string[]> {
  const { network, rpcUrl, contentUrl, organizationId, serviceId } = options;
  const wallets = await discoverWallets();
  const provider = wallets[0]?.provider;
  if (provider === undefined) throw new TypeError('there is no wallet');
  const { chainId } = network;
  const signer = await connectWallet({ provider, chain: { chainId } });
  const paymentSigner = await openDelegateSigner({ owner: signer.address });
  const account = { signer, paymentSigner };
  engine = new SnetEngine(createConfig({ network, rpcUrl, contentUrl, accounts: [account] }));
  service = await engine.createServiceClient({
    organizationId,
    serviceId,
    funding: { callsAhead: 50n },
    onPayment: ({ price }) => paid.push(price),
  });
  return wallets.map(({ name }) => name);
}

/** Calls one after the other; returns the languages that were found. */
export async function callInTurn(calls: number): Promise<readonly string[]> {
  const languages: string[] = [];
  for (let call = 0; call < calls; call += 1) languages.push(await detect());
  return languages;
}

/** Calls all at once. */
export function callAtOnce(calls: number): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: calls }, detect));
}

/** A call whose replies stream. */
export async function readStream(): Promise<readonly string[]> {
  const languages: string[] = [];
  for await (const reply of service.serverStream('DetectMany', { texts: [text, 'Good morning'] })) {
    languages.push(languageOf(reply));
  }
  return languages;
}

/** The error of a call whose requests stream. */
export function sendStream(): Promise<string> {
  return service.clientStream('Summarise', [{ text }]).then(
    () => 'no error',
    (error) => `${error.code}\n${error.message}`,
  );
}

/** Shows what is left, and says what was paid in this tab. */
export async function show(): Promise<{ channels: readonly bigint[]; paid: readonly bigint[] }> {
  const channels = await engine.channels.list();
  const left = channels.reduce((sum, { unspent }) => sum + unspent, 0n);
  document.body.textContent = `${formatAmount(left, engine.token)} left`;
  return { channels: channels.map(({ id }) => id), paid };
}

/** Writes down what was paid, and lets go of everything. */
export async function stop(): Promise<void> {
  await engine.close();
}

async function detect(): Promise<string> {
  return languageOf(await service.call('Detect', { text }));
}

function languageOf(reply: object): string {
  return (reply as { detection: { language: { name: string } } }).detection.language.name;
}
