// Lets a model use the methods of a paid service as its tools, within a budget.
import { createConfig, formatAmount, parseAmount, SnetEngine } from '@snetkit/sdk';
import { createTools } from './create-tools.ts';
import { askScriptedModel, type Message } from './scripted-model.ts';

const { RPC_URL = 'http://127.0.0.1:8545', IPFS_URL, PRIVATE_KEY = '' } = process.env;
const question = process.argv[2] ?? 'Which language is "Buongiorno a tutti, come state oggi"?';

/** A model may go on for ever: this ends the talk, as `maxSpend` ends the spending. */
const maxCalls = 5;

const config = createConfig({ network: 'sepolia', rpcUrl: RPC_URL, contentUrl: IPFS_URL });
const engine = new SnetEngine(config);
try {
  engine.addAccount({ privateKey: PRIVATE_KEY });
  const service = await engine.createServiceClient({
    organizationId: 'local',
    serviceId: 'text',
    maxPrice: parseAmount('0.01 FET', engine.token),
    maxSpend: parseAmount('0.02 FET', engine.token),
  });
  const tools = createTools(service);
  console.log(`tools: ${tools.map(({ name }) => name).join(', ')}`);
  const messages: Message[] = [{ role: 'user', content: question }];
  let spent = 0n;
  for (let calls = 0; ; calls += 1) {
    const answer = askScriptedModel(messages, tools);
    if ('text' in answer || calls === maxCalls) {
      console.log('text' in answer ? answer.text : 'I have called enough tools.');
      break;
    }
    console.log(`calling ${answer.tool} with ${JSON.stringify(answer.arguments)}`);
    // A model makes mistakes: it is told what was wrong, and may try again.
    const content = await service
      .call(answer.tool, answer.arguments, {
        timeoutMs: 60_000,
        onPayment: ({ price }) => {
          spent += price;
        },
      })
      .then(stringify, (error: Error) => `error: ${error.message}`);
    messages.push({ role: 'assistant', content: stringify(answer) }, { role: 'tool', content });
  }
  console.log(`spent ${formatAmount(spent, engine.token)}`);
} finally {
  await engine.close();
}

/** JSON, with the integers of 64 bits as text. */
function stringify(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one));
}
