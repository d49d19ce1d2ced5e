export { CodegenError, type CodegenErrorCode, type CodegenErrorOptions } from './codegen-error.ts';
export {
  type GenerateContractsOptions,
  generateContracts,
} from './contracts/generate-contracts.ts';
export { type GenerateProtosOptions, generateProtos } from './protos/generate-protos.ts';
