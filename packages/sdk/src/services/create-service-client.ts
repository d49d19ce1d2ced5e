import type { Address } from '@snetkit/core';
import { BaseError } from '@snetkit/core';
import { getPrice } from '@snetkit/metadata';
import type { FundingEvent, FundingPolicy, PaymentReceipt } from '@snetkit/payments';
import { compileProtos } from '@snetkit/protos';
import { platform } from '#platform';
import type { SnetEngine } from '../engine/snet-engine.ts';
import { askChannelState } from './ask-channel-state.ts';
import { checkPrices } from './check-prices.ts';
import { chooseEndpoints } from './choose-endpoints.ts';
import { createPaymentGroup } from './create-payment-group.ts';
import { createStrategy, type StrategyName } from './create-strategy.ts';
import { findService } from './find-service.ts';
import { ServiceClient } from './service-client.ts';

/** Which service is called, and how it is paid. */
export interface ServiceClientOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** The first group of the service unless given. */
  readonly groupName?: string | undefined;
  /** Name of the account that signs and pays; the engine's first one unless given. */
  readonly account?: string | undefined;
  /** Owner of the channels, when the account only signs for it. */
  readonly sender?: Address | undefined;
  /** Most that one call may cost, in cogs. */
  readonly maxPrice?: bigint | undefined;
  /** Limits and habits of spending, in cogs; those of the configuration for what is left out. */
  readonly funding?: FundingPolicy | undefined;
  /** Pay on this channel and no other. */
  readonly channelId?: bigint | undefined;
  /** How calls are paid; `default` unless given. */
  readonly strategy?: StrategyName | undefined;
  /** `false`: calls take turns where the daemon wants it, and none is bought beforehand. */
  readonly concurrency?: boolean | undefined;
  /** Calls that are bought at once where they are bought beforehand; 10 unless given. */
  readonly callsPerToken?: bigint | undefined;
  /** Call this daemon instead of those that the service publishes. */
  readonly endpoint?: string | undefined;
  /** Longest reply message in bytes; 128 MiB when not given. */
  readonly maxMessageBytes?: number | undefined;
  /** Told what each call cost, once it is charged. */
  readonly onPayment?: ((receipt: PaymentReceipt, path: string) => void) | undefined;
  /** Told of each transaction that opens a channel, tops one up or extends it. */
  readonly onFunding?: ((event: FundingEvent) => void) | undefined;
  /** Gives the making of the client up. */
  readonly signal?: AbortSignal | undefined;
}

const defaultMaxMessageBytes = 128 * 1024 * 1024;

/** Puts a client together: documents, protos, connection, payment. */
export async function createServiceClient(
  engine: SnetEngine,
  options: ServiceClientOptions,
  onClose: (client: ServiceClient) => void,
): Promise<ServiceClient> {
  const { organizationId, serviceId, groupName, signal } = options;
  const { config, chain, token } = engine;
  const account = engine.getAccount(options.account);
  const ledger = engine.getLedger();
  const funding = mergePolicies(config.funding, options);
  const limits = { maxThreshold: funding.maxThreshold };
  const [service, deploymentBlock] = await Promise.all([
    findService(engine, { organizationId, serviceId, groupName, limits, signal }),
    engine.getDeploymentBlock(signal),
  ]);
  const { pricing, endpoints: published } = service.group;
  checkPrices(pricing, { maxPrice: funding.maxPrice, token, place: service.serviceUri });
  if (service.service.encoding === 'json') throw jsonEncoding(service.serviceUri);
  const registry = compileProtos(service.protoFiles);
  const endpoints = chooseEndpoints(published, options.endpoint, service.serviceUri);
  const connection = platform.connect({
    endpoints,
    maxMessageBytes: options.maxMessageBytes ?? defaultMaxMessageBytes,
  });
  const daemon = connection.createTransport([]);
  const { network, stand } = config;
  const payment = createStrategy({
    name: options.strategy ?? 'default',
    concurrency: options.concurrency ?? config.concurrency,
    callsPerToken: options.callsPerToken,
    organizationId,
    serviceId,
    serviceGroup: service.group,
    chain,
    group: createPaymentGroup(service.group, { network, stand, deploymentBlock }),
    ledger,
    signer: account.paymentSigner,
    sender: options.sender ?? account.address,
    account: account.signer,
    funding,
    daemon,
    channelId: options.channelId,
    blockSeconds: network.blockTimeSeconds,
    onFunding: options.onFunding,
    getPrice: (path) => getPrice(pricing, path),
  });
  const { onPayment } = options;
  const askDaemon = (channelId: bigint, asking: AbortSignal | undefined) =>
    askChannelState({
      chain,
      mpe: stand.multiPartyEscrow,
      channelId,
      signer: account.paymentSigner,
      daemon,
      endpoint: connection.endpoint,
      signal: asking,
    });
  return new ServiceClient({
    service,
    registry,
    token,
    endpoints,
    connection,
    payment,
    onPayment,
    onClose,
    askChannelState: askDaemon,
    listChannels: (listing) =>
      engine.channels.list({
        account: account.name,
        group: service.group,
        askDaemon,
        signal: listing,
      }),
  });
}

function mergePolicies(
  config: FundingPolicy,
  { funding, maxPrice }: ServiceClientOptions,
): FundingPolicy {
  return { ...config, ...funding, ...(maxPrice !== undefined && { maxPrice }) };
}

function jsonEncoding(place: string): BaseError {
  return new BaseError('SERVICE_ENCODING_UNSUPPORTED', 'The service wants JSON messages.', {
    place,
    expected: 'the encoding "proto"',
    found: '"json"',
  });
}
