import type { Address } from '@snetkit/core';
import {
  createBlockClock,
  type FundingEvent,
  type FundingPolicy,
  type PaymentReceipt,
} from '@snetkit/payments';
import { compileProtos } from '@snetkit/protos';
import { platform } from '#platform';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { CallReceipt } from '../receipts/call-receipt.ts';
import { askChannelState } from './ask-channel-state.ts';
import { checkPrices } from './check-prices.ts';
import { chooseCodec } from './choose-codec.ts';
import { chooseEndpoints } from './choose-endpoints.ts';
import { createPaymentGroup } from './create-payment-group.ts';
import { createStrategy, type StrategyName } from './create-strategy.ts';
import { findService } from './find-service.ts';
import { limitSpending } from './limit-spending.ts';
import { PriceList } from './price-list.ts';
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
  /** Most that the client may sign for in all, in cogs; what is bought beforehand counts in full. */
  readonly maxSpend?: bigint | undefined;
  /** Limits and habits of spending, in cogs; those of the configuration for what is left out. */
  readonly funding?: FundingPolicy | undefined;
  /** Pay on this channel and no other. */
  readonly channelId?: bigint | undefined;
  /** How calls are paid; `default` unless given. */
  readonly strategy?: StrategyName | undefined;
  /** `false`: calls take turns where the daemon wants it, and none is bought beforehand. */
  readonly concurrency?: boolean | undefined;
  /**
   * Most channels that are used side by side where a daemon takes one call at a time on each and sells
   * no tokens; 1 unless given. Each is opened when it is needed.
   */
  readonly channels?: number | undefined;
  /** Calls that are bought at once where they are bought beforehand; 10 unless given. */
  readonly callsPerToken?: bigint | undefined;
  /** Call this daemon instead of those that the service publishes. */
  readonly endpoint?: string | undefined;
  /** Longest reply message in bytes; 128 MiB when not given. */
  readonly maxMessageBytes?: number | undefined;
  /** Told what each call cost, once it is charged. */
  readonly onPayment?: ((receipt: PaymentReceipt, path: string) => void) | undefined;
  /** Told once for each call when it is over, whatever became of it. */
  readonly onReceipt?: ((receipt: CallReceipt) => void) | undefined;
  /** `true`: receipts hold the signature of the amount, for `verifyReceipt`. */
  readonly signedReceipts?: boolean | undefined;
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
  const policy = mergePolicies(config.funding, options);
  const limits = { maxThreshold: policy.maxThreshold };
  const [service, deploymentBlock] = await Promise.all([
    findService(engine, { organizationId, serviceId, groupName, limits, signal }),
    engine.getDeploymentBlock(signal),
  ]);
  const { pricing, endpoints: published } = service.group;
  checkPrices(pricing, { maxPrice: policy.maxPrice, token, place: service.serviceUri });
  const registry = compileProtos(service.protoFiles);
  const codec = chooseCodec(service.service.encoding, { registry, place: service.serviceUri });
  const prices = new PriceList(pricing, registry);
  const funding = { ...policy, maxPrice: policy.maxPrice ?? prices.highestKnown };
  const endpoints = chooseEndpoints(published, options.endpoint, service.serviceUri);
  const connection = platform.connect({
    endpoints,
    maxMessageBytes: options.maxMessageBytes ?? defaultMaxMessageBytes,
  });
  const daemon = connection.createTransport([]);
  const { network, stand } = config;
  const { maxSpend } = options;
  const place = `${organizationId}/${serviceId}`;
  const limited =
    maxSpend === undefined ? undefined : limitSpending(ledger, { maxSpend, token, place });
  const name = { organizationId, serviceId, account: account.name };
  const payer = options.sender ?? account.address;
  const payment = createStrategy({
    name: options.strategy ?? 'default',
    concurrency: options.concurrency ?? config.concurrency,
    callsPerToken: options.callsPerToken,
    organizationId,
    serviceId,
    serviceGroup: service.group,
    chain,
    group: createPaymentGroup(service.group, { network, stand, deploymentBlock }),
    ledger: limited?.ledger ?? ledger,
    signer: account.paymentSigner,
    sender: payer,
    account: account.signer,
    funding,
    daemon,
    channelId: options.channelId,
    blockSeconds: network.blockTimeSeconds,
    channels: options.channels ?? 1,
    onFunding(event) {
      options.onFunding?.(event);
      engine.events.emit('funding', { ...name, ...event });
    },
    checkPrice: (price) => limited?.check(price),
    getPrice: (path) => prices.get(path),
    onPriceNamed: (path, price) => prices.take(path, price),
  });
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
    codec,
    prices,
    payment,
    training: {
      signer: account.signer,
      clock: createBlockClock(chain, { blockSeconds: network.blockTimeSeconds }),
      blockSeconds: network.blockTimeSeconds,
    },
    onClose,
    onPayment(receipt, path) {
      options.onPayment?.(receipt, path);
      engine.events.emit('payment', { ...name, path, receipt });
    },
    onReceipt(receipt) {
      options.onReceipt?.(receipt);
      engine.events.emit('receipt', receipt);
    },
    hasReceiptReader: () => options.onReceipt !== undefined || engine.events.has('receipt'),
    receiptHead: {
      organizationId,
      serviceId,
      payer,
      chainId: network.chainId,
      mpe: stand.multiPartyEscrow,
      recipient: service.group.paymentAddress,
      signer: account.paymentSigner.address,
      isSigned: options.signedReceipts ?? false,
    },
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
