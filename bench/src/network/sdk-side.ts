import { join } from 'node:path';
import { create, type DescMethodUnary } from '@bufbuild/protobuf';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { type Daemon, type Devnet, readExampleProtos } from '@snetkit/devnet';
import { compileProtos, findMethod } from '@snetkit/protos';
import { createConfig, SnetEngine } from '@snetkit/sdk';

/** A program that calls through the SDK, and the same call without a payment. */
export interface SdkSide {
  /** A paid call; its channel is open, and has money for all of them. */
  callPaid(): Promise<unknown>;
  callUnpaid(): Promise<unknown>;
  stop(): Promise<void>;
}

/** What is called, and how often in all. */
export interface SdkSideOptions {
  readonly devnet: Devnet;
  /** Asks for no payment. */
  readonly unpaid: Daemon;
  readonly calls: number;
}

const fields = { text: 'guten tag' };

/** Opens the channel with a first call. Its account has no other channels. */
export async function startSdkSide({ devnet, unpaid, calls }: SdkSideOptions): Promise<SdkSide> {
  const { contracts, token, accounts } = devnet;
  const engine = new SnetEngine(
    createConfig({
      network: {
        name: 'bench',
        chainId: devnet.chainId,
        stands: [
          {
            name: 'bench',
            token: token.symbol,
            tokenDecimals: token.decimals,
            multiPartyEscrow: contracts.mpe,
            registry: contracts.registry,
            tokenAddress: contracts.token,
          },
        ],
      },
      rpcUrl: devnet.rpcUrl,
      contentUrl: devnet.contentUrl,
      ledgerDirectory: join(devnet.directory, 'sdk'),
      funding: { callsAhead: BigInt(calls) + 1n },
      accounts: [{ privateKey: accounts.secondClient.privateKey }],
    }),
  );
  const { organizationId, serviceId } = devnet;
  const ids = { organizationId, serviceId };
  const service = await engine.createServiceClient({ ...ids, strategy: 'paid' });
  const callPaid = () => service.call('Detect', fields);
  await callPaid();

  const registry = compileProtos(await readExampleProtos());
  const method = findMethod(registry, 'Detect') as DescMethodUnary;
  const transport = createGrpcTransport({ baseUrl: unpaid.endpoint });
  return {
    callPaid,
    callUnpaid: () =>
      transport.unary(method, undefined, 600_000, undefined, create(method.input, fields)),
    stop: () => engine.close(),
  };
}
