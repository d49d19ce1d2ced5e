import { connectWallet, type EthereumProvider } from '@snetkit/contracts/signers/wallet';
import { openDelegateSigner } from '@snetkit/payments/browser';
import { createConfig, parseAmount, type ServiceClient, SnetEngine } from '@snetkit/sdk';

/** A connected wallet, and the service that it pays. */
export interface Connection {
  readonly engine: SnetEngine;
  readonly service: ServiceClient;
}

const { VITE_RPC_URL: rpcUrl, VITE_IPFS_URL: contentUrl } = import.meta.env;

/**
 * Connects. The wallet owns the channel and is asked for transactions; a key that this site keeps signs
 * the calls, so that nobody is asked for each of them.
 */
export async function connect(provider: EthereumProvider): Promise<Connection> {
  const config = createConfig({ network: 'sepolia', rpcUrl, contentUrl });
  const { chainId } = config.network;
  const signer = await connectWallet({ provider, chain: { chainId } });
  const paymentSigner = await openDelegateSigner({ owner: signer.address });
  const engine = new SnetEngine(config);
  engine.addAccount({ signer, paymentSigner });
  try {
    const service = await engine.createServiceClient({
      organizationId: 'local',
      serviceId: 'text',
      maxPrice: parseAmount('0.01 FET', engine.token),
    });
    return { engine, service };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
