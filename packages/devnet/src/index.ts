export {
  createTestAccounts,
  deriveTestAccount,
  type TestAccount,
  type TestAccounts,
  testMnemonic,
} from './accounts.ts';
export {
  type ContentStore,
  type StartContentStoreOptions,
  startContentStore,
} from './content-store/start-content-store.ts';
export {
  type ContractAddresses,
  type DeployContractsOptions,
  deployContracts,
  type PosedNetwork,
} from './contracts/deploy-contracts.ts';
export type { Devnet, DevnetProgress, DevnetStep } from './devnet/devnet.ts';
export {
  type DescriptorOptions,
  type DevnetDescriptor,
  getDevnetDescriptorFolder,
  readDevnetDescriptor,
} from './devnet/devnet-descriptor.ts';
export { startDevnet } from './devnet/start-devnet.ts';
export type { DevnetPorts, StartDevnetOptions } from './devnet/start-devnet-options.ts';
export { readExampleProtos } from './example-service/read-example-protos.ts';
export {
  type ExampleService,
  type StartExampleServiceOptions,
  startExampleService,
} from './example-service/start-example-service.ts';
export { findFreePort } from './find-free-port.ts';
export type { ProcessEvent } from './process/read-output.ts';
export type { ProcessExit } from './process/start-process.ts';
export type { FreeCallTerms } from './publish/create-service-document.ts';
export { mergeProtos } from './publish/merge-protos.ts';
export {
  type PublishedService,
  type PublishServiceOptions,
  publishService,
} from './publish-service.ts';
export { type Daemon, type StartDaemonOptions, startDaemon } from './start-daemon.ts';
