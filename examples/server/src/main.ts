// A web server with one route, which calls a paid service and never spends more than it may.
import { serve } from '@hono/node-server';
import { BaseError, createConfig, parseAmount, SnetEngine } from '@snetkit/sdk';
import { Hono } from 'hono';

const { RPC_URL = 'http://127.0.0.1:8545', IPFS_URL, PRIVATE_KEY = '' } = process.env;
const { BUDGET = '0.02 FET', PORT = '3000' } = process.env;

const config = createConfig({ network: 'sepolia', rpcUrl: RPC_URL, contentUrl: IPFS_URL });
const engine = new SnetEngine(config);
engine.addAccount({ privateKey: PRIVATE_KEY });
const service = await engine.createServiceClient({
  organizationId: 'local',
  serviceId: 'text',
  maxPrice: parseAmount('0.01 FET', engine.token),
  maxSpend: parseAmount(BUDGET, engine.token),
});

const app = new Hono();

app.get('/language', async (context) => {
  const text = context.req.query('text');
  if (!text) return context.json({ error: 'say which text: /language?text=...' }, 400);
  // Who leaves does not pay: the call is cancelled with the request.
  const { signal } = context.req.raw;
  const reply = await service.call('Detect', { text }, { signal, timeoutMs: 30_000 });
  return context.json(reply);
});

app.onError((error, context) => {
  const code = error instanceof BaseError ? error.code : 'INTERNAL';
  console.error(error);
  return context.json({ error: code }, code === 'SPENDING_ABOVE_LIMIT' ? 503 : 502);
});

const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(PORT) }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
);

/** Answers what has begun, writes down what was paid, and ends. */
function stop(): void {
  server.close(async () => {
    await engine.close();
    console.log('stopped');
  });
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
