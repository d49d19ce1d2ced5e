import { open } from 'node:fs/promises';
import {
  BaseError,
  defineNetwork,
  type JsonValue,
  type Network,
  type NetworkDefinition,
  parseJson,
} from '@snetkit/core';

/** Keys of a network and of a deployment; another one is a slip of the pen. */
const networkKeys = ['name', 'aliases', 'chainId', 'test', 'blockTimeSeconds', 'stands'];
const standKeys = [
  'name',
  'token',
  'tokenDecimals',
  'multiPartyEscrow',
  'registry',
  'tokenAddress',
  'deploymentTransaction',
  'registryDeploymentTransaction',
];

/** Networks are few: a file that is longer is something else. */
const maxBytes = 1024 * 1024;

/**
 * Loads networks of one's own from a JSON file: one definition, or a list of them, as `defineNetwork`
 * takes it. What this returns is what `getNetwork` takes as `custom`.
 *
 * @throws BaseError `NETWORK_FILE_UNREADABLE`, `JSON_INVALID`, `NETWORK_INVALID`, `ADDRESS_INVALID`, which
 * name the file and the key
 *
 * @example
 * ```ts
 * const custom = await loadNetworks('networks.json');
 * const network = getNetwork('my-chain', { custom });
 * ```
 */
export async function loadNetworks(file: string): Promise<readonly Network[]> {
  const json = parseJson(await read(file), { place: file });
  const definitions = Array.isArray(json) ? json : [json];
  const networks = definitions.map((definition, index) => {
    const place = Array.isArray(json) ? `${file}: [${index}]` : file;
    refuseUnknownKeys(definition, place);
    return defineNetwork(definition as unknown as NetworkDefinition, { place });
  });
  refuseRepeated(networks, file);
  return networks;
}

async function read(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    // Nobody says how long a pipe or a device is: no more is read than is kept.
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      length += bytesRead;
      if (length > maxBytes) break;
      if (bytesRead === 0) return buffer.toString('utf8', 0, length);
    }
  } catch (cause) {
    const message = 'The file of networks cannot be read.';
    throw new BaseError('NETWORK_FILE_UNREADABLE', message, { place: file, cause });
  }
  throw new BaseError('NETWORK_FILE_UNREADABLE', 'The file of networks is too large.', {
    place: file,
    expected: `at most ${maxBytes} bytes`,
  });
}

function refuseUnknownKeys(definition: JsonValue, place: string): void {
  if (!isObject(definition)) return;
  assertKeys(definition, networkKeys, place);
  const { stands } = definition;
  if (!Array.isArray(stands)) return;
  for (const [index, stand] of stands.entries()) {
    if (isObject(stand)) assertKeys(stand, standKeys, `${place}: stands[${index}]`);
  }
}

function assertKeys(
  value: Readonly<Record<string, JsonValue>>,
  known: readonly string[],
  place: string,
): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new BaseError('NETWORK_INVALID', 'The definition of the network has an unknown key.', {
    place,
    expected: known.join(', '),
    found: JSON.stringify(unknown.slice(0, 80)),
  });
}

function refuseRepeated(networks: readonly Network[], file: string): void {
  const seen = new Set<string>();
  for (const { name, aliases, chainId } of networks) {
    const keys = new Set([name, ...aliases, String(chainId)].map((key) => key.toLowerCase()));
    for (const key of keys) {
      if (seen.has(key)) {
        throw new BaseError('NETWORK_INVALID', 'Two networks of the file have the same name.', {
          place: file,
          found: JSON.stringify(key),
        });
      }
      seen.add(key);
    }
  }
}

function isObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
