import { create, toBinary } from '@bufbuild/protobuf';
import { PriceInCogsSchema } from '@snetkit/protos/pricing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { connectRawClient } from '../transport/raw-client.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';

// Each file names price methods; the official daemon knows those of one file only.
const protos = new Map([
  [
    'draw.proto',
    `syntax = "proto3"; package art; import "pricing.proto";
service Draw {
  rpc picture(Order) returns (Picture) {
    option (pricing.my_method_option).estimatePriceMethod = "/art.Draw/price";
  }
  rpc price(Order) returns (pricing.PriceInCogs);
  rpc sketch(Order) returns (Picture);
}
message Order { uint64 pixels = 1; }
message Picture { bytes data = 1; }`,
  ],
  [
    'sing.proto',
    `syntax = "proto3"; package art; import "pricing.proto"; import "draw.proto";
service Sing {
  rpc song(Order) returns (Picture) {
    option (pricing.my_method_option) = { estimatePriceMethod: "/art.Sing/price" };
  }
  rpc price(Order) returns (pricing.PriceInCogs);
}`,
  ],
]);

/** More than a double can tell apart. */
const songPrice = 2n ** 53n + 1n;

let service: RawService;
let network: PaidNetwork;
/** All that the service was asked, in order. */
let asked: { method: string; call: ServedCall; message: Buffer | undefined }[] = [];
/** What it does when it is asked for the price of a picture. */
let answerPrice: (call: ServedCall) => void;

const sendPrice = (price: bigint) => (call: ServedCall) => {
  call.send(toBinary(PriceInCogsSchema, create(PriceInCogsSchema, { price })));
  call.end();
};

beforeAll(async () => {
  service = await startRawService(async (call) => {
    call.read();
    const method = String(call.headers[':path']);
    const message = await call.requests.nextBytes();
    asked.push({ method, call, message });
    if (method === '/art.Draw/price') return answerPrice(call);
    if (method === '/art.Sing/price') return sendPrice(songPrice)(call);
    call.send(method);
    call.end();
  });
  network = await startPaidNetwork({
    serviceEndpoint: service.endpoint,
    protos,
    daemonConfig: { enable_dynamic_pricing: true, dynamic_price_timeout: '1s' },
  });
});

afterAll(async () => {
  await network?.stop();
  await service?.stop();
});

afterEach(() => {
  asked = [];
});

/** Calls a method with so many cogs more than were charged. */
async function pay(
  channelId: bigint,
  path: string,
  cogs: bigint,
  more: Record<string, string> = {},
) {
  const { amount } = await network.getState(channelId);
  const headers = await network.pay({ channelId, amount: amount + cogs, headers: more });
  const { status, message } = await network.call(path, headers, Buffer.from('order'));
  const after = await network.getState(channelId);
  return { answer: `${status} ${message}`, charged: after.amount - amount };
}

test('default: the service tells the price of each call, from the message of the call', async () => {
  const channelId = await network.openChannel();
  answerPrice = sendPrice(17n);
  expect(
    await pay(channelId, '/art.Draw/picture', 17n, {
      'x-mine': 'seen',
      'snet-user-address': '0xImpostor',
    }),
  ).toEqual({
    answer: '0 ',
    charged: 17n,
  });
  expect(asked.map(({ method, message }) => `${method} ${message}`)).toEqual([
    '/art.Draw/price order',
    '/art.Draw/picture order',
  ]);
  expect(asked[0]?.call.headers['x-mine']).toBe('seen');
  for (const { call } of asked) {
    expect(call.headers).not.toHaveProperty('snet-payment-channel-signature-bin');
  }
  // Who pays is only known when the price is.
  const { client } = network;
  expect(asked.map(({ call }) => call.headers['snet-user-address'])).toEqual([
    ...[undefined, client.address],
  ]);
});

test('behavior: prices of other files count, too, to the last cog', async () => {
  const channelId = await network.openChannel();
  const close = await pay(channelId, '/art.Sing/song', songPrice - 1n);
  expect(close).toEqual({
    answer: `16 income ${songPrice - 1n} does not equal to price ${songPrice}`,
    charged: 0n,
  });
  expect(await pay(channelId, '/art.Sing/song', songPrice)).toEqual({
    answer: '0 ',
    charged: songPrice,
  });
});

test('behavior: methods without a price method cost what is published', async () => {
  const channelId = await network.openChannel();
  const { price } = network.devnet;
  expect(await pay(channelId, '/art.Draw/sketch', price)).toEqual({ answer: '0 ', charged: price });
  expect(asked.map(({ method }) => method)).toEqual(['/art.Draw/sketch']);
});

test('behavior: nobody is asked for a payment that is wrong anyway', async () => {
  const channelId = await network.openChannel();
  const headers = await network.pay({ channelId, amount: 17n });
  headers['snet-payment-channel-signature-bin'] = Buffer.alloc(65).toString('base64');
  const { status } = await network.call('/art.Draw/picture', headers, Buffer.from('order'));
  expect(status).toBe(16);
  expect(asked).toEqual([]);
});

test.each<[string, (call: ServedCall) => void, string]>([
  [
    'fails',
    (call) => call.end({ 'grpc-status': '5', 'grpc-message': 'no such picture' }),
    '5 internal error: the price of /art.Draw/picture cannot be had: no such picture',
  ],
  [
    'fails with a code of payments',
    (call) => call.end({ 'grpc-status': '16', 'grpc-message': 'who are you' }),
    '13 internal error: the price of /art.Draw/picture cannot be had: who are you',
  ],
  [
    'says nothing',
    (call) => call.end(),
    '13 internal error: the price of /art.Draw/picture cannot be had: the service named none',
  ],
  [
    'talks too much',
    (call) => {
      call.send(Buffer.alloc(2_000));
      call.end();
    },
    '8 internal error: the price of /art.Draw/picture cannot be had: the answer is too large',
  ],
  [
    'does not answer in time',
    () => {},
    '4 internal error: the price of /art.Draw/picture cannot be had: context deadline exceeded',
  ],
])(
  'error: a service that %s: the call is refused, and nothing charged',
  async (_, answer, text) => {
    const channelId = await network.openChannel();
    answerPrice = answer;
    expect(await pay(channelId, '/art.Draw/picture', 17n)).toEqual({ answer: text, charged: 0n });
    expect(asked.map(({ method }) => method)).toEqual(['/art.Draw/price']);
    // The money is free for the next call.
    answerPrice = sendPrice(17n);
    expect(await pay(channelId, '/art.Draw/picture', 17n)).toEqual({ answer: '0 ', charged: 17n });
  },
);

test('error: an answer that is no price', async () => {
  const channelId = await network.openChannel();
  answerPrice = (call) => {
    call.send(Buffer.from([0xff, 0xff]));
    call.end();
  };
  const { answer, charged } = await pay(channelId, '/art.Draw/picture', 17n);
  expect(answer).toMatch(/^13 internal error: the price of \/art\.Draw\/picture cannot be had: /);
  expect(charged).toBe(0n);
});

test('error: a call without a message', async () => {
  const channelId = await network.openChannel();
  await using raw = await connectRawClient(network.devnet.endpoint);
  const call = raw.call('/art.Draw/picture', await network.pay({ channelId, amount: 17n }));
  call.end();
  expect(await call.ended).toMatchObject({ status: '2', message: 'EOF' });
  expect((await network.getState(channelId)).amount).toBe(0n);
  expect(asked).toEqual([]);
});

test('behavior: prices and calls share a connection', () => {
  expect(service.totalSessions()).toBe(1);
});
