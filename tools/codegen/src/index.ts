export {
  type ClientLanguage,
  type ClientRecord,
  languages,
  readClientRecord,
} from './clients/client-record.ts';
export {
  type GenerateClientOptions,
  type GeneratedClient,
  generateClient,
} from './clients/generate-client.ts';
export type { ServicePin } from './clients/service-pin.ts';
export { CodegenError, type CodegenErrorCode, type CodegenErrorOptions } from './codegen-error.ts';
export {
  type GenerateContractsOptions,
  generateContracts,
} from './contracts/generate-contracts.ts';
export { type GenerateProtosOptions, generateProtos } from './protos/generate-protos.ts';
