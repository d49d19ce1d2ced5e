import { once } from 'node:events';
import { createServer, type Http2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { DescMethodUnary, DescService, Message } from '@bufbuild/protobuf';
import {
  type Code,
  ConnectError,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport } from '@connectrpc/connect-node';
import { createChainClient, getChannel } from '@snetkit/contracts';
import {
  bigintToBytes,
  parseEscrowHeaders,
  parsePaymentType,
  parsePrepaidHeaders,
  paymentTypes,
} from '@snetkit/core';
import { type Devnet, readExampleProtos } from '@snetkit/devnet';
import { compileProtos, findMethod } from '@snetkit/protos';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { Daemon } from '@snetkit/protos/training';
import { OfficialLedger, OfficialRefusal } from './official-ledger.ts';
import { createOfficialTraining, type OfficialTraining } from './official-training.ts';

/** A daemon that behaves as the official one does. */
export interface OfficialDaemon extends AsyncDisposable {
  readonly endpoint: string;
  readonly ledger: OfficialLedger;
  /** Calls that the service was asked for. */
  readonly forwarded: number;
  /** Most calls that ran at once. */
  readonly mostAtOnce: number;
  /** Models that were made, and what training costs. */
  readonly training: OfficialTraining;
}

/** Whether the daemon sells tokens. */
export interface OfficialDaemonOptions {
  readonly sellsTokens?: boolean;
  readonly trainsModels?: boolean;
}

/**
 * A double of the official daemon in front of the network's example service: the rules of
 * protocol/daemon.md 4.1, 4.3, 4.4, 4.5 and 4.8, without any of our own reply fields. There is no binary of the
 * official one that tests could run.
 */
export async function startOfficialDaemon(
  devnet: Devnet,
  { sellsTokens = true, trainsModels = false }: OfficialDaemonOptions = {},
): Promise<OfficialDaemon> {
  const { mpe } = devnet.contracts;
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const threshold = devnet.paymentExpirationThreshold;
  const ledger = new OfficialLedger({ chain, mpe, price: devnet.price, threshold });
  const registry = compileProtos(await readExampleProtos());
  const upstream = createGrpcTransport({ baseUrl: devnet.service?.endpoint ?? '' });
  const training = createOfficialTraining(
    { chain, ledger, validatePrice: 7n, trainPrice: 11n, datasetMaxSizeMb: 3n },
    (context) => (name) => readHeader(context, name),
  );
  const counts = { forwarded: 0, running: 0, mostAtOnce: 0 };

  async function pay(context: HandlerContext): Promise<{ commit(): void; rollback(): void }> {
    const get = (name: string) => readHeader(context, name);
    if (parsePaymentType(get) !== paymentTypes.prepaid)
      return ledger.begin(parseEscrowHeaders(get));
    const { channelId, token } = parsePrepaidHeaders(get);
    if (Buffer.from(token).toString() !== tokenOf(channelId)) {
      throw new OfficialRefusal(13, 'internal error: token is malformed: not one of ours');
    }
    return { commit() {}, ...ledger.use(channelId) };
  }

  async function forward(method: DescMethodUnary, request: Message, context: HandlerContext) {
    const payment = await asStatus(() => pay(context));
    counts.forwarded += 1;
    counts.running += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.running);
    try {
      const { message } = await upstream.unary(
        method,
        context.signal,
        undefined,
        undefined,
        request,
      );
      payment.commit();
      return message;
    } catch (error) {
      payment.rollback();
      throw error;
    } finally {
      counts.running -= 1;
    }
  }

  const methods = ['Detect', 'Slow'].map((name) => findMethod(registry, name) as DescMethodUnary);
  const textService = methods[0]?.parent as DescService;
  const server = createServer(
    connectNodeAdapter({
      routes({ service }) {
        service(
          textService,
          Object.fromEntries(
            methods.map((method) => [
              method.localName,
              (request: Message, context: HandlerContext) => forward(method, request, context),
            ]),
          ) as unknown as ServiceImpl<DescService>,
        );
        service(PaymentChannelStateService, {
          async getChannelState({ channelId: id }) {
            const channelId = BigInt(`0x${Buffer.from(id).toString('hex') || '0'}`);
            const channel = await getChannel(chain, { mpe, channelId });
            const { authorized, signature } = ledger.get(channelId);
            return {
              currentNonce: bigintToBytes(channel?.nonce ?? 0n),
              ...(authorized > 0n && {
                currentSignedAmount: bigintToBytes(authorized),
                currentSignature: signature,
              }),
            };
          },
        });
        if (trainsModels) service(Daemon, withStatuses(training.service));
        if (!sellsTokens) return;
        service(TokenService, {
          async getToken({ channelId, currentNonce: nonce, signedAmount: amount, claimSignature }) {
            const payment = { channelId, nonce, amount, signature: claimSignature };
            const { planned, used } = await asStatus(() => ledger.plan(payment));
            return {
              channelId,
              token: tokenOf(channelId),
              plannedAmount: planned,
              usedAmount: used,
            };
          },
        });
      },
    }),
  );
  const sessions = new Set<Http2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ledger,
    training,
    get forwarded() {
      return counts.forwarded;
    },
    get mostAtOnce() {
      return counts.mostAtOnce;
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function tokenOf(channelId: bigint): string {
  return `official.token.${channelId}`;
}

/** Binary headers come as base64, as on the wire. */
function readHeader({ requestHeader }: HandlerContext, name: string): (string | Uint8Array)[] {
  const value = requestHeader.get(name);
  if (value === null) return [];
  return [name.endsWith('-bin') ? new Uint8Array(Buffer.from(value, 'base64')) : value];
}

async function asStatus<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OfficialRefusal)) throw error;
    throw new ConnectError(error.message, error.code as Code);
  }
}

function withStatuses(service: OfficialTraining['service']): OfficialTraining['service'] {
  const entries = Object.entries(service).map(([name, serve]) => [
    name,
    (request: never, context: HandlerContext) =>
      asStatus(async () => (serve as (...args: unknown[]) => unknown)(request, context)),
  ]);
  return Object.fromEntries(entries);
}
