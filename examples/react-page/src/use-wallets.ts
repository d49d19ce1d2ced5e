import { type DiscoveredWallet, discoverWallets } from '@snetkit/contracts/signers/wallet';
import { useEffect, useState } from 'react';

/** The wallets of this browser, as they announce themselves (EIP-6963). */
export function useWallets(): readonly DiscoveredWallet[] {
  const [wallets, setWallets] = useState<readonly DiscoveredWallet[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    discoverWallets({ signal: leaving.signal }).then((found) => {
      if (!leaving.signal.aborted) setWallets(found);
    });
    return () => leaving.abort();
  }, []);
  return wallets;
}
