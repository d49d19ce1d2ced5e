// Asks a service in which language a text is written, pays for it, and says what it cost.
import { createConfig, formatAmount, parseAmount, SnetEngine } from '@snetkit/sdk';

const { RPC_URL = 'http://127.0.0.1:8545', IPFS_URL, PRIVATE_KEY = '' } = process.env;
const { ORGANIZATION_ID = 'local', SERVICE_ID = 'text' } = process.env;
const text = process.argv[2] ?? 'Guten Morgen, wie geht es Ihnen?';

const config = createConfig({ network: 'sepolia', rpcUrl: RPC_URL, contentUrl: IPFS_URL });
const engine = new SnetEngine(config);
try {
  engine.addAccount({ privateKey: PRIVATE_KEY });
  const service = await engine.createServiceClient({
    organizationId: ORGANIZATION_ID,
    serviceId: SERVICE_ID,
    maxPrice: parseAmount('0.01 FET', engine.token),
    onFunding: ({ kind, amount, channelId }) => {
      console.log(`${kind}: ${formatAmount(amount, engine.token)}, channel ${channelId}`);
    },
  });
  const reply = await service.call(
    'Detect',
    { text },
    {
      timeoutMs: 60_000,
      onPayment: ({ price }) => console.log(`paid ${formatAmount(price, engine.token)}`),
    },
  );
  console.log(reply['detection']);
} finally {
  await engine.close();
}
