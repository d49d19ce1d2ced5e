import type { ContentSource } from '../content/content-source.ts';
import { fileGatewaySource, type GatewayOptions, gatewaySource } from './gateway-source.ts';
import { raceSources } from './race-sources.ts';

/** Options of {@link lighthouseSource}. */
export interface LighthouseSourceOptions extends Omit<GatewayOptions, 'endpoint'> {
  /** Base URL of the gateway; `https://gateway.lighthouse.storage` unless given. */
  readonly endpoint?: string | undefined;
}

/**
 * Reads `filecoin://` content from a gateway of Lighthouse (protocol/sdk.md 7): the whole file, as
 * official clients do, checked by encoding it again; block by block where that cannot tell.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`
 */
export function lighthouseSource(options: LighthouseSourceOptions = {}): ContentSource {
  const { endpoint = 'https://gateway.lighthouse.storage', ...rest } = options;
  const gateway = { endpoint, ...rest };
  const sources = [fileGatewaySource(gateway), gatewaySource(gateway)];
  // One after the other: both ask the same server.
  return raceSources(sources, { hedgeMs: Number.POSITIVE_INFINITY });
}
