import type { ContentRequest, ContentSource, Delivery } from './content-source.ts';
import { deliverBlocks } from './deliver-blocks.ts';
import { deliverFile } from './deliver-file.ts';

/**
 * Reads and verifies content from a source of any kind.
 *
 * @throws BaseError naming CID and provider
 */
export function deliver(source: ContentSource, request: ContentRequest): Promise<Delivery> {
  if ('deliver' in source) return source.deliver(request);
  return 'readFile' in source ? deliverFile(source, request) : deliverBlocks(source, request);
}
