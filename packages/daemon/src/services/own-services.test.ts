import { connect } from 'node:http2';
import type { DescMethod } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { ConfigurationService } from '@snetkit/protos/configuration';
import { ProviderControlService } from '@snetkit/protos/control';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { Daemon } from '@snetkit/protos/training';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
  testHealth,
} from '../../test/services/start-own-services.ts';
import { isOwnPath } from './own-services.ts';

let paid: OwnServicesServer;
let unpaid: OwnServicesServer;

beforeAll(async () => {
  const refuse = async () => {
    throw new Error('out of order');
  };
  // Whatever asks for a port of it gets a fault: none may reach the client or end the process.
  const shared = {
    accounts: { readRecord: refuse, readClaim: refuse, isOwnerAlive: refuse },
    chain: { peek: () => undefined, read: refuse },
    clock: { current: () => 0n, latestPossible: () => 0n },
    recovery: { name: 'none', recoverAddress: () => new Uint8Array(20) },
    keccak: () => new Uint8Array(32),
    mpe: `0x${'11'.repeat(20)}`,
    recipient: `0x${'22'.repeat(20)}`,
    groupId: `0x${'33'.repeat(32)}`,
    counters: { serviceRecoveries: 0 },
  };
  paid = await startOwnServices({
    channelState: shared,
    control: {
      ...shared,
      claims: {
        getNonce: refuse,
        start: refuse,
        startMany: refuse,
        listUnclaimed: refuse,
        listInProgress: refuse,
        removeLanded: refuse,
      },
    },
    tokens: {
      ...shared,
      tokens: { issue: refuse, verify: refuse },
      commits: { commit: refuse },
      counterAccounts: { read: refuse },
      isAllowedUser: () => true,
      expirationThreshold: 0n,
    },
  });
  unpaid = await startOwnServices();
});
afterAll(() => Promise.all([paid.stop(), unpaid.stop()]));

const services = [
  PaymentChannelStateService,
  FreeCallStateService,
  ProviderControlService,
  TokenService,
  ConfigurationService,
  Daemon,
  Health,
];
const methods: readonly DescMethod[] = services.flatMap((service) => service.methods);

/** Sends raw bytes as the body of a gRPC request; resolves with the status of the reply. */
function send(url: string, path: string, body: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const session = connect(url);
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let status: string | undefined;
    const note = (headers: Record<string, unknown>) => {
      status = (headers['grpc-status'] as string | undefined) ?? status;
    };
    stream.on('response', note);
    stream.on('trailers', note);
    stream.on('error', () => {});
    // A watcher's stream does not end by itself: its first answer is enough.
    stream.on('data', () => stream.close());
    stream.on('close', () => {
      session.destroy();
      resolve(status);
    });
    stream.end(body);
  });
}

function frame(message: Uint8Array): Uint8Array {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

test('behavior: paths of own services are told from calls of the service', () => {
  expect(isOwnPath('/escrow.PaymentChannelStateService/GetChannelState')).toBe(true);
  expect(isOwnPath('/training.Daemon/create_model')).toBe(true);
  // Paid: these go the way of a call.
  for (const method of ['validate_model', 'train_model', 'upload_and_validate']) {
    expect(isOwnPath(`/training.Daemon/${method}`)).toBe(false);
  }
  expect(isOwnPath('/training.Model/train_model')).toBe(false);
  expect(isOwnPath('/example.Calculator/add')).toBe(false);
  expect(isOwnPath('')).toBe(false);
});

test.each(methods.map((method) => [`${method.parent.typeName}/${method.name}`, method] as const))(
  'behavior: %s survives empty, truncated and random bytes',
  async (path) => {
    const bodies = [
      new Uint8Array(0),
      frame(new Uint8Array(0)),
      Buffer.from([0, 0, 0, 0, 200, 1, 2]),
      Buffer.from([0, 255, 255, 255, 255]),
      Buffer.from([3, 0, 0, 0, 1, 0]),
      frame(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])),
      ...fc.sample(fc.uint8Array({ maxLength: 300 }), { numRuns: 20, seed: 3 }).map(frame),
    ];
    for (const body of bodies) {
      await send(paid.url, `/${path}`, body);
      await send(unpaid.url, `/${path}`, body);
    }
    // Alive, and it has not lost its place.
    expect((await createClient(Health, paid.transport).check({})).status).toBe(Status.SERVING);
  },
);

async function refusal(promise: Promise<unknown>): Promise<[Code, string]> {
  const error = await promise.catch((cause: unknown) => cause);
  if (!(error instanceof ConnectError)) throw new Error('the request was answered');
  return [error.code, error.rawMessage];
}

test('error: free calls without a key answer as the official daemon does', async () => {
  const client = createClient(FreeCallStateService, paid.transport);
  expect(await refusal(client.getFreeCallToken({}))).toEqual([
    Code.Unknown,
    'error in generating token because blockchain is disabled, contact service provider',
  ]);
  expect(await refusal(client.getFreeCallsAvailable({}))).toEqual([
    Code.Unknown,
    'error in determining free calls because blockchain is disabled, contact service provider',
  ]);
});

test('error: training that is not configured answers as the official daemon does', async () => {
  const client = createClient(Daemon, paid.transport);
  const text = 'service end point is not defined or is invalid , please contact the AI developer';
  expect(await refusal(client.create_model({}))).toEqual([Code.Unknown, text]);
  expect(await refusal(client.get_training_metadata({}))).toEqual([Code.Unknown, text]);
  expect(await refusal(client.upload_and_validate((async function* () {})()))).toEqual([
    Code.Unknown,
    text,
  ]);
});

test('behavior: without a chain the payment services answer with nothing', async () => {
  const reply = await createClient(PaymentChannelStateService, unpaid.transport).getChannelState(
    {},
  );
  expect(reply.currentNonce).toHaveLength(0);
  expect(await createClient(TokenService, unpaid.transport).getToken({})).toMatchObject({
    token: '',
  });
});

test('behavior: a fault inside is told to the log, not to the client', async () => {
  const fault = new Error('the inside');
  const server = await startOwnServices({
    health: testHealth({
      // Not what a probe may do: it has to reject.
      probe: {
        check() {
          throw fault;
        },
      },
    }),
  });
  try {
    const client = createClient(Health, server.transport);
    expect(await refusal(client.list({}))).toEqual([Code.Unknown, 'internal error']);
    expect(server.faults).toEqual([fault]);
  } finally {
    await server.stop();
  }
});

test('behavior: a request over the size limit is refused', async () => {
  const server = await startOwnServices({ maxMessageBytes: 1_000 });
  try {
    const client = createClient(FreeCallStateService, server.transport);
    const [code] = await refusal(client.getFreeCallToken({ address: 'x'.repeat(2_000) }));
    expect(code).toBe(Code.ResourceExhausted);
  } finally {
    await server.stop();
  }
});
