import { delay } from '../../transactions/delay.ts';
import type { EthereumProvider } from './ethereum-provider.ts';

/** A wallet that announced itself (EIP-6963). */
export interface DiscoveredWallet {
  /** Differs between wallets and between page loads. */
  readonly uuid: string;
  /** For the user: "MetaMask". Written by the wallet; show it as text. */
  readonly name: string;
  /** Reversed domain name, `io.metamask`; the same at each visit. Any wallet can claim any. */
  readonly rdns: string;
  /** A `data:` URI of an image; show it in an `<img>` only, where it cannot run scripts. */
  readonly icon: string;
  readonly provider: EthereumProvider;
}

/** Options of {@link discoverWallets}. */
export interface DiscoverWalletsOptions {
  /** Milliseconds to wait for slow wallets; 200 when not given. */
  readonly waitMs?: number | undefined;
  /** Ends the wait early; what has announced itself until then is returned. */
  readonly signal?: AbortSignal | undefined;
  /** Told each wallet at once, for a list that grows. */
  readonly onWallet?: ((wallet: DiscoveredWallet) => void) | undefined;
  /** Where wallets announce themselves; the page's window when not given. */
  readonly target?: EventTarget | undefined;
}

/**
 * Asks the wallets of the browser to announce themselves (EIP-6963), so that the user can choose one of
 * several instead of the one that injected itself last.
 *
 * @example
 * ```ts
 * const [wallet] = await discoverWallets();
 * const account = await connectWallet({ provider: wallet.provider });
 * ```
 */
export async function discoverWallets(
  options: DiscoverWalletsOptions = {},
): Promise<readonly DiscoveredWallet[]> {
  const { waitMs = 200, signal, onWallet, target = globalThis as unknown as EventTarget } = options;
  const wallets = new Map<string, DiscoveredWallet>();
  const listen = (event: Event) => {
    const wallet = readAnnouncement((event as CustomEvent<unknown>).detail);
    // The first one of an id counts: another could take its place otherwise.
    if (wallet === undefined || wallets.has(wallet.uuid)) return;
    wallets.set(wallet.uuid, wallet);
    onWallet?.(wallet);
  };
  target.addEventListener('eip6963:announceProvider', listen);
  try {
    target.dispatchEvent(new Event('eip6963:requestProvider'));
    await delay(waitMs, signal);
  } finally {
    target.removeEventListener('eip6963:announceProvider', listen);
  }
  return [...wallets.values()];
}

/** Every script of the page can announce: what is not whole is no wallet. */
function readAnnouncement(detail: unknown): DiscoveredWallet | undefined {
  const { info, provider } = (detail ?? {}) as { info?: unknown; provider?: unknown };
  const { uuid, name, rdns, icon } = (info ?? {}) as Record<string, unknown>;
  const texts = [uuid, name, rdns, icon];
  const whole = texts.every((text) => typeof text === 'string') && uuid !== '' && name !== '';
  if (!whole || !String(icon).startsWith('data:image/')) return undefined;
  if (typeof (provider as EthereumProvider | undefined)?.request !== 'function') return undefined;
  return { uuid, name, rdns, icon, provider } as DiscoveredWallet;
}
