import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAnvil } from '@snetkit/anvil';
import { sepolia } from '@snetkit/core';
import { createTestAccounts, type TestAccounts, testMnemonic } from '../accounts.ts';
import { assertPortsFree } from '../assert-ports-free.ts';
import { startContentStore } from '../content-store/start-content-store.ts';
import { devnetToken } from '../contracts/creation-codes.ts';
import { createDevnetChain } from '../contracts/devnet-chain.ts';
import { readExampleProtos } from '../example-service/read-example-protos.ts';
import {
  type ExampleService,
  startExampleService,
} from '../example-service/start-example-service.ts';
import { findFreePort } from '../find-free-port.ts';
import { mergeProtos } from '../publish/merge-protos.ts';
import { publishService } from '../publish-service.ts';
import { startDaemon } from '../start-daemon.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { createDaemonConfig } from './create-daemon-config.ts';
import { deployAndFund } from './deploy-and-fund.ts';
import { describeDevnet } from './describe-devnet.ts';
import type { Devnet } from './devnet.ts';
import { writeDevnetDescriptor } from './devnet-descriptor.ts';
import { type RunStep, reportSteps } from './report-steps.ts';
import type { StartDevnetOptions } from './start-devnet-options.ts';

const organizationId = 'local';
const serviceId = 'text';

/**
 * Starts a whole network on this machine: the real anvil, the real contracts, a content store, the
 * example service, its registration, and a daemon in front of it. It dies with this process.
 *
 * Throws `BaseError` or `AnvilError`; whatever was started by then is stopped.
 *
 * @example
 * ```ts
 * await using devnet = await startDevnet({ daemonCommand: ['snetd'] });
 * console.log(devnet.rpcUrl, devnet.endpoint);
 * ```
 */
export async function startDevnet(options: StartDevnetOptions = {}): Promise<Devnet> {
  const cleanup = createCleanup();
  try {
    return await assemble(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function assemble(options: StartDevnetOptions, cleanup: Cleanup): Promise<Devnet> {
  const { as, daemonCommand, ports = {}, signal } = options;
  const step = reportSteps(options.onProgress, signal);
  await assertPortsFree(ports);
  const accounts = createTestAccounts();
  const directory = await makeDirectory(options.directory, cleanup);

  const startStore = () =>
    startContentStore({ port: ports.content, version: options.contentVersion });
  const contentStore = await step('content', cleanup.keep(startStore), ({ url }) => url);

  const starting = [
    startChain(options, { step, cleanup, accounts }),
    startService(options, { step, cleanup }),
  ] as const;
  // When one fails, the other must be up before it can be stopped.
  await Promise.allSettled(starting);
  const [{ rpcUrl, chainId, contracts }, service] = await Promise.all(starting);

  const endpoint = `http://127.0.0.1:${ports.daemon ?? (await findFreePort())}`;
  const publish = async () =>
    publishService({
      rpcUrl,
      contracts,
      content: contentStore,
      owner: accounts.provider,
      organizationId,
      serviceId,
      displayName: 'Language detection',
      protos: options.protos ?? (await readProtos(as)),
      endpoints: [endpoint],
      price: options.price,
      paymentExpirationThreshold: options.paymentExpirationThreshold,
      storageEndpoints: options.storageEndpoints,
      freeCalls: options.freeCalls,
      serviceType: options.serviceType,
      encoding: options.encoding,
      signal,
    });
  const published = await step('publish', publish, ({ serviceUri }) => serviceUri);

  const daemonDirectory = join(directory, 'daemon');
  const daemonConfig = {
    ...createDaemonConfig({
      as,
      chainId,
      rpcUrl,
      contracts,
      contentUrl: contentStore.url,
      organizationId,
      serviceId,
      groupName: published.groupName,
      serviceEndpoint:
        service?.endpoint ?? options.serviceEndpoint ?? `http://127.0.0.1:${await findFreePort()}`,
      daemonEndpoint: endpoint,
      directory: daemonDirectory,
    }),
    ...options.daemonConfig,
  };
  const startWith = (command: readonly string[]) => () =>
    startDaemon({ command, config: daemonConfig, directory: daemonDirectory, signal });
  const daemon =
    daemonCommand &&
    (await step('daemon', cleanup.keep(startWith(daemonCommand)), (started) => started.endpoint));

  if (options.blockTimeSeconds !== undefined) {
    // Only now: the steps above need not wait for blocks.
    await createDevnetChain(rpcUrl).setIntervalMining({ interval: options.blockTimeSeconds });
  }
  const { groupName, groupId, price, paymentExpirationThreshold } = published;
  const devnet: Devnet = {
    rpcUrl,
    chainId,
    contracts,
    token: { symbol: devnetToken.symbol, decimals: devnetToken.decimals },
    contentUrl: contentStore.url,
    contentApi: `${contentStore.url}/api/v0`,
    contentStore,
    organizationId,
    serviceId,
    groupName,
    groupId,
    price,
    paymentExpirationThreshold,
    accounts,
    directory,
    endpoint,
    daemonConfig,
    ...(daemon !== undefined && { daemon }),
    ...(service !== undefined && { service }),
    stop: cleanup.run,
    [Symbol.asyncDispose]: cleanup.run,
  };
  if (options.announce === true) {
    const file = await writeDevnetDescriptor(describeDevnet(devnet));
    cleanup.add(() => rm(file, { force: true }));
  }
  return devnet;
}

interface Parts {
  readonly step: RunStep;
  readonly cleanup: Cleanup;
}

async function startChain(
  { as, blockTimeSeconds, ports = {}, signal }: StartDevnetOptions,
  { step, cleanup, accounts }: Parts & { accounts: TestAccounts },
) {
  const start = () =>
    startAnvil({
      port: ports.chain,
      ...(as !== undefined && { chainId: sepolia.chainId }),
      // Official clients wait for a block after that of their transaction.
      ...(as !== undefined &&
        blockTimeSeconds === undefined && { blockTimeSeconds: 2, args: ['--mixed-mining'] }),
      mnemonic: testMnemonic,
      signal,
    });
  const { rpcUrl, chainId } = await step('chain', cleanup.keep(start), (anvil) => anvil.rpcUrl);
  const deploy = () => deployAndFund({ rpcUrl, as, accounts });
  const contracts = await step('contracts', deploy, ({ mpe }) => mpe);
  return { rpcUrl, chainId, contracts };
}

async function startService(
  { service = true, serviceEndpoint, ports = {}, signal }: StartDevnetOptions,
  { step, cleanup }: Parts,
): Promise<ExampleService | undefined> {
  if (!service || serviceEndpoint !== undefined) return undefined;
  const start = () => startExampleService({ port: ports.service, signal });
  return step('service', cleanup.keep(start), ({ endpoint }) => endpoint);
}

async function makeDirectory(parent: string | undefined, cleanup: Cleanup): Promise<string> {
  if (parent !== undefined) {
    await mkdir(parent, { recursive: true });
    return mkdtemp(join(resolve(parent), 'run-'));
  }
  const directory = await mkdtemp(join(tmpdir(), 'snet-devnet-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function readProtos(as: StartDevnetOptions['as']): Promise<ReadonlyMap<string, string>> {
  const protos = await readExampleProtos();
  // Who poses as a public network is visited by the official tools, which know no folders.
  return as === undefined ? protos : mergeProtos(protos, 'text_service.proto');
}
