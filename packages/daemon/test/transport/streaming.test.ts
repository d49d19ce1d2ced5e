import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startFrameService } from './frame-service.ts';
import { startRawService } from './raw-service.ts';
import { startTransport } from './start-transport.ts';

test('default: a unary call', async () => {
  await using service = await startRawService(async (call) => {
    const request = await call.read().requests.next();
    call.send(`echo ${request}`);
    call.end();
  });
  await using transport = await startTransport(service);

  const call = transport.client.call('/a.Service/Echo');
  call.end('hello');

  expect(await call.responses.next()).toBe('echo hello');
  expect(await call.responses.next()).toBeUndefined();
  expect(await call.ended).toMatchObject({ status: '0', isTrailer: true, resetCode: 0 });
});

test('behavior: a client stream is answered after its end', async () => {
  await using service = await startRawService(async (call) => {
    call.read();
    const all: string[] = [];
    for (let next = await call.requests.next(); next; next = await call.requests.next()) {
      all.push(next);
    }
    call.send(all.join('+'));
    call.end();
  });
  await using transport = await startTransport(service);

  const call = transport.client.call();
  for (const part of ['a', 'b', 'c']) call.send(part);
  call.end();

  expect(await call.responses.next()).toBe('a+b+c');
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: a server stream goes through message by message', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.end('go');
  const served = (await service.next()).read();
  for (const part of ['1', '2', '3']) {
    served.send(part);
    expect(await call.responses.next()).toBe(part);
  }
  served.end();

  expect(await call.responses.next()).toBeUndefined();
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: both sides of a bidirectional stream take turns', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.send('ping 0');
  const served = (await service.next()).read();
  for (let turn = 0; turn < 20; turn++) {
    expect(await served.requests.next()).toBe(`ping ${turn}`);
    served.send(`pong ${turn}`);
    expect(await call.responses.next()).toBe(`pong ${turn}`);
    call.send(`ping ${turn + 1}`);
  }
  call.end();
  expect(await served.requests.next()).toBe('ping 20');
  expect(await served.requests.next()).toBeUndefined();
  served.end();

  expect(await call.ended).toMatchObject({ status: '0', resetCode: 0 });
});

test('behavior: a service may speak before its client', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  const served = (await service.next()).read();
  served.send('welcome');
  expect(await call.responses.next()).toBe('welcome');
  call.end('thanks');
  expect(await served.requests.next()).toBe('thanks');
  served.end();

  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: a service may end before its client does, who is told to stop', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const call = transport.client.call();
  call.send('one');
  const served = (await service.next()).read();
  served.send('enough');
  served.end();

  expect(await call.responses.next()).toBe('enough');
  expect(await call.ended).toMatchObject({ status: '0', isTrailer: true, resetCode: 0 });
  await served.closed;
});

test('behavior: bodies of eight mebibytes arrive unchanged both ways', async () => {
  await using service = await startRawService(async (call) => {
    const request = await call.read().requests.nextBytes();
    call.send(request ?? '');
    call.end();
  });
  const maxMessageBytes = 8 * 1024 * 1024;
  await using transport = await startTransport(service, {
    limits: { maxMessageBytes },
    service: { maxMessageBytes },
  });
  const body = randomBytes(maxMessageBytes);

  const call = transport.client.call();
  call.end(body);

  expect((await call.responses.nextBytes())?.equals(body)).toBe(true);
  expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: five hundred streams at once on one connection', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);

  const calls = Array.from({ length: 500 }, () => transport.client.call());
  for (const [index, call] of calls.entries()) call.send(`${index}`);
  const served = await Promise.all(calls.map(() => service.next()));
  expect(transport.listener.counters).toMatchObject({ streams: 500, calls: 500, sessions: 1 });
  for (const one of served) one.send(`echo ${await one.read().requests.next()}`);
  for (const [index, call] of calls.entries()) {
    expect(await call.responses.next()).toBe(`echo ${index}`);
    call.end();
  }
  for (const one of served) one.end();

  const ends = await Promise.all(calls.map((call) => call.ended));
  expect(ends.every(({ status }) => status === '0')).toBe(true);
  expect(transport.listener.counters).toMatchObject({ calls: 0, totalCalls: 500 });
});

test('behavior: more streams than a session of the service allows take more sessions', async () => {
  await using service = await startRawService(undefined, {
    settings: { maxConcurrentStreams: 10 },
  });
  await using transport = await startTransport(service);

  const calls = Array.from({ length: 35 }, () => transport.client.call());
  for (const call of calls) call.send('hello');
  const served = await Promise.all(calls.map(() => service.next()));
  expect(service.totalSessions()).toBe(4);
  expect(transport.upstream.counters).toMatchObject({ sessions: 4, streams: 35 });
  for (const one of served) one.read().end();

  for (const call of calls) expect(await call.ended).toMatchObject({ status: '0' });
});

test('behavior: streams beyond what all sessions allow wait for their turn', async () => {
  await using service = await startRawService(undefined, {
    settings: { maxConcurrentStreams: 2 },
  });
  await using transport = await startTransport(service, {
    service: { maxSessions: 2 },
  });

  const calls = Array.from({ length: 9 }, () => transport.client.call());
  for (const call of calls) call.end('hello');
  for (let count = 0; count < calls.length; count++) {
    const served = (await service.next()).read();
    expect(await served.requests.next()).toBe('hello');
    served.end();
  }

  for (const call of calls) expect(await call.ended).toMatchObject({ status: '0' });
  expect(service.totalSessions()).toBe(2);
});

test('behavior: windows are wide on both sides, of streams and of connections', async () => {
  await using service = await startRawService();
  await using transport = await startTransport(service);
  const { session } = transport.client;

  const call = transport.client.call();
  call.end('hello');
  (await service.next()).end();
  await call.ended;

  const [stream, connection] = [512 * 1024, 16 * 1024 * 1024];
  expect(session.remoteSettings.initialWindowSize).toBe(stream);
  expect(session.state.remoteWindowSize).toBeGreaterThan(connection - 1024);
  const [upstream] = service.sessions;
  expect(upstream?.remoteSettings.initialWindowSize).toBe(stream);
  expect(upstream?.state.remoteWindowSize).toBeGreaterThan(connection - 1024);
});

test('behavior: an answer that arrives whole is known to be whole', async () => {
  await using service = await startFrameService();
  const seen: unknown[] = [];
  await using transport = await startTransport(service, {
    async onCall(exchange) {
      exchange.forward({ set: {}, drop: new Set() });
      const first = await exchange.response;
      seen.push(first, exchange.ended?.code, exchange.release());
      if (exchange.ended !== undefined) exchange.end(exchange.ended);
    },
  });

  const call = transport.client.call();
  call.end('hello');

  expect(await call.responses.next()).toBe('whole');
  expect(await call.ended).toMatchObject({ status: '0', isTrailer: true });
  expect(seen).toEqual(['message', 0, 'handed']);
});
