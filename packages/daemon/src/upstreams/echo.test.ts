import { expect, test } from 'vitest';
import { encodeMessage } from '../../test/transport/messages.ts';
import { startTransport } from '../../test/transport/start-transport.ts';
import { createEchoUpstream } from './echo.ts';

const nowhere = { endpoint: 'http://127.0.0.1:1' };
const start = () => startTransport(nowhere, { upstream: createEchoUpstream() });

test('default: the first message comes back, whatever follows', async () => {
  await using transport = await start();
  const call = transport.client.call();
  call.send('first');
  call.send('second');
  expect(await call.responses.next()).toBe('first');
  expect(await call.responses.next()).toBeUndefined();
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: large and empty messages, and compressed ones as they came', async () => {
  await using transport = await start();
  const large = Buffer.alloc(3_000_000, 5);
  for (const message of [large, Buffer.alloc(0)]) {
    const call = transport.client.call('/a.B/C', { 'grpc-encoding': 'gzip' });
    call.end(message);
    expect((await call.headers)['grpc-encoding']).toBe('gzip');
    expect((await call.responses.nextBytes())?.equals(message)).toBe(true);
    expect(await call.ended).toMatchObject({ status: '0' });
  }
});

test('error: half a message, and none', async () => {
  await using transport = await start();
  const none = transport.client.call();
  none.end();
  expect(await none.ended).toMatchObject({ status: '2', message: 'EOF' });
  const half = transport.client.call();
  half.stream.end(encodeMessage('whole').subarray(0, 7));
  expect(await half.ended).toMatchObject({ status: '2', message: 'unexpected EOF' });
});
