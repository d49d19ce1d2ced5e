import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';
import { echoProtos, pathOf } from './echo-service.ts';
import type { GatewayClient, GatewayTransport } from './gateway-transport.ts';
import { createPayer, type Payer } from './payer.ts';

const mebibyte = 2 ** 20;
const large = 64 * mebibyte;

/** Describes what a gRPC service and its clients tell each other, through a daemon and paid. */
export function describeGrpc(transport: GatewayTransport): void {
  describe(`${transport.name} to grpc in detail`, () => {
    let service: RawService;
    let network: PaidNetwork;
    let payer: Payer;
    let client: GatewayClient;
    /** What the service does with calls; each test has its own. */
    let serve: (call: ServedCall) => void;

    beforeAll(async () => {
      service = await startRawService((call) => serve(call), {
        settings: { initialWindowSize: mebibyte, maxConcurrentStreams: 1000 },
      });
      network = await startPaidNetwork({
        serviceEndpoint: service.endpoint,
        protos: echoProtos,
        daemonConfig: { max_message_size_in_mb: 64, ...transport.daemonConfig },
      });
      payer = await createPayer(network);
      client = await transport.connect(network.devnet.endpoint);
    });

    afterAll(async () => {
      await client?.[Symbol.asyncDispose]();
      await network?.stop();
      await service?.stop();
    });

    const call = async (path: string, headers: Record<string, string> = {}) =>
      client.call(path, { ...(await payer.pay()), ...headers });

    test('behavior: every status with its text and details, uncharged', async () => {
      const before = await payer.countCharged();
      for (let code = 1; code <= 16; code++) {
        const details = Buffer.from(`details of ${code}`).toString('base64');
        serve = (served) => {
          served.read().stream.once('end', () =>
            served.end({
              'grpc-status': `${code}`,
              'grpc-message': `stat%C3%BAs ${code}`,
              'grpc-status-details-bin': details,
            }),
          );
        };
        const failing = await call(pathOf.unary);
        await failing.send(Buffer.from('x'));
        failing.end();
        const { status, message, fields } = await failing.ended;
        expect({ status, message }).toEqual({ status: code, message: `statús ${code}` });
        expect(fields['grpc-status-details-bin']).toBe(details);
      }
      expect(await payer.countCharged()).toBe(before);
    });

    test('behavior: metadata both ways, binary too, in headers and in trailers', async () => {
      const seen = Promise.withResolvers<ServedCall>();
      serve = (served) => {
        served.read();
        served.respond({ 'x-initial': 'first', 'x-initial-bin': 'AAEC', 'x-many': ['1', '2'] });
        served.send('answer');
        served.end({ 'grpc-status': '0', 'x-last': 'last', 'x-last-bin': '//79' });
        seen.resolve(served);
      };
      const asking = await call(pathOf.unary, { 'x-text': 'word', 'x-blob-bin': 'AP8=' });
      await asking.send(Buffer.from('x'));
      asking.end();
      expect((await seen.promise).headers).toMatchObject({
        'x-text': 'word',
        'x-blob-bin': 'AP8=',
      });
      expect(await asking.headers).toMatchObject({ 'x-initial': 'first', 'x-initial-bin': 'AAEC' });
      expect((await asking.next())?.bytes.toString()).toBe('answer');
      expect(await asking.ended).toMatchObject({
        status: 0,
        fields: { 'x-last': 'last', 'x-last-bin': '//79' },
      });
    });

    if (transport.shapes.includes('bidi')) {
      test('behavior: no message of a stream is held back', async () => {
        serve = async (served) => {
          served.read();
          for (let next = await served.requests.next(); next; next = await served.requests.next()) {
            served.send(`${next} back`);
          }
          served.end();
        };
        const talking = await call(pathOf.bidi);
        for (const word of ['one', 'two', 'three']) {
          await talking.send(Buffer.from(word));
          expect((await talking.next())?.bytes.toString()).toBe(`${word} back`);
        }
        talking.end();
        expect((await talking.ended).status).toBe(0);
      });
    }

    test('behavior: the messages of a server stream arrive one by one', async () => {
      const served = Promise.withResolvers<ServedCall>();
      serve = (it) => served.resolve(it.read());
      const listening = await call(pathOf.server);
      await listening.send(Buffer.from('x'));
      listening.end();
      for (const word of ['one', 'two', 'three']) {
        (await served.promise).send(word);
        expect((await listening.next())?.bytes.toString()).toBe(word);
      }
      (await served.promise).end();
      expect((await listening.ended).status).toBe(0);
    });

    test('behavior: five hundred streams at once, all paid', { timeout: 120_000 }, async () => {
      const there: ServedCall[] = [];
      const all = Promise.withResolvers<void>();
      serve = (served) => {
        served.read();
        if (there.push(served) === 500) all.resolve();
      };
      const headers = await payer.payMany(500);
      const calls = headers.map((paid) => client.call(pathOf.server, paid));
      for (const one of calls) {
        await one.send(Buffer.from('x'));
        one.end();
      }
      await all.promise;
      for (const served of there) {
        served.send('served');
        served.end();
      }
      const answers = calls.map(async (one) => {
        const message = await one.next();
        return `${(await one.ended).status} ${message?.bytes}`;
      });
      expect(new Set(await Promise.all(answers))).toEqual(new Set(['0 served']));
    });

    test('behavior: 64 MiB both ways, byte by byte', { timeout: 120_000 }, async () => {
      // Bytes go back as they come, so that nobody here holds them either.
      serve = ({ stream }) => {
        stream.respond(
          { ':status': 200, 'content-type': 'application/grpc' },
          { waitForTrailers: true },
        );
        stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.pipe(stream);
      };
      const message = Buffer.allocUnsafe(large);
      for (let at = 0; at < large; at += 4) message.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
      const before = await readPeak(network);
      const calls = (await payer.payMany(3)).map((paid) => client.call(pathOf.unary, paid));
      const carried = calls.map(async (carrying) => {
        const answer = carrying.next();
        await carrying.send(message);
        carrying.end();
        const isSame = (await answer)?.bytes.equals(message);
        return `${(await carrying.ended).status} ${isSame}`;
      });
      expect(await Promise.all(carried)).toEqual(['0 true', '0 true', '0 true']);
      const after = await readPeak(network);
      // Held by the daemon they would take 192 MiB; what it takes is mostly not yet collected.
      expect(after - before).toBeLessThan(2 * large);
    });

    test('error: more than 64 MiB is refused when its length is known', async () => {
      serve = (served) => void served.read();
      const over = await call(pathOf.unary);
      void over.send(Buffer.alloc(large + 1));
      const { status, message } = await over.ended;
      expect(`${status} ${message}`).toBe(
        `8 grpc: received message larger than max (${large + 1} vs. ${large})`,
      );
    });
  });
}

/** The most memory that the daemon has ever had, in bytes. */
async function readPeak({ devnet: { daemon } }: PaidNetwork): Promise<number> {
  const status = await readFile(`/proc/${daemon?.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
