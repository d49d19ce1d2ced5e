import { parseArgs } from 'node:util';
import { listen } from './listen.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });

function emit(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const endpoint = await listen({ port: Number(values.port), emit });
emit({ event: 'listening', endpoint });
