import type { FuzzTarget } from '../fuzz-target.ts';

/** Every target by its name; a thread loads only its own. */
export const allTargets: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  'payment-headers': async () => (await import('./payment-headers.ts')).paymentHeadersTarget,
  http2: async () => (await import('./http2.ts')).http2Target,
  'grpc-framing': async () => (await import('./grpc-framing.ts')).grpcFramingTarget,
  'grpc-web': async () => (await import('./grpc-web.ts')).grpcWebTarget,
  config: async () => (await import('./config.ts')).configTarget,
  metadata: async () => (await import('./metadata.ts')).metadataTarget,
  'proto-archive': async () => (await import('./proto-archive.ts')).protoArchiveTarget,
  tokens: async () => (await import('./tokens.ts')).tokensTarget,
  'official-state': async () => (await import('./official-state.ts')).officialStateTarget,
};
