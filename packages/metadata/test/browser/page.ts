// What the page of content.test.ts does, in a browser.
import { BaseError } from '@snetkit/core';
import {
  createContentSources,
  describeOrigin,
  fileGatewaySource,
  gatewaySource,
  kuboStore,
  publishProtoArchive,
  readContent,
  resolveServiceMetadata,
} from '../../src/index.ts';

/** Reads a service document from a node and a gateway at once, or says why not. */
export async function resolve(kuboUrl: string, gatewayUrl: string, uri: string): Promise<string[]> {
  const content = createContentSources({ kuboUrls: [kuboUrl], gatewayUrls: [gatewayUrl] });
  try {
    const { metadata, origin } = await resolveServiceMetadata(uri, { content });
    return [metadata.displayName, describeOrigin(origin)];
  } catch (error) {
    return describe(error);
  }
}

/** Reads from one gateway, block by block or as a whole file. */
export async function read(url: string, kind: 'blocks' | 'files', uri: string): Promise<string[]> {
  const options = { endpoint: url, timeoutMs: 2000 };
  const source = kind === 'blocks' ? gatewaySource(options) : fileGatewaySource(options);
  try {
    return [String((await readContent(source, uri, { maxBytes: 1_000_000 })).length)];
  } catch (error) {
    return describe(error);
  }
}

/** Publishes one proto. */
export async function publish(url: string, name: string, text: string): Promise<string> {
  const { uri } = await publishProtoArchive(kuboStore({ endpoint: url }), new Map([[name, text]]));
  return uri;
}

function describe(error: unknown): string[] {
  return error instanceof BaseError ? [error.code, error.message] : [String(error)];
}
