import { parseAddress } from '../crypto/parse-address.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Network, Stand } from './network.ts';

/** A custom network; what is left out gets a value fit for a local chain. */
export interface NetworkDefinition {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  readonly chainId: number;
  /** Whether its tokens are worthless; `true` unless given. */
  readonly test?: boolean | undefined;
  /** Usual time between two blocks; 12 unless given. */
  readonly blockTimeSeconds?: number | undefined;
  /** Deployments, the default one first. Addresses may be in any case with a right checksum. */
  readonly stands: readonly Stand[];
}

/** Options of {@link defineNetwork}. */
export interface DefineNetworkOptions {
  /** Where the definition stands, for error messages: a file. */
  readonly place?: string | undefined;
}

/**
 * Checks the definition of a custom network and completes it. The definition may come from a file:
 * nothing of its types is taken for granted.
 *
 * @throws BaseError `NETWORK_INVALID`, `ADDRESS_INVALID`, which name the key
 */
export function defineNetwork(
  definition: NetworkDefinition,
  { place }: DefineNetworkOptions = {},
): Network {
  try {
    return check(definition);
  } catch (error) {
    if (place === undefined || !(error instanceof BaseError)) throw error;
    const { code, shortMessage, expected, found, hint } = error;
    const inside = error.place === undefined ? place : `${place}: ${error.place}`;
    throw new BaseError(code, shortMessage, { place: inside, expected, found, hint });
  }
}

function check(definition: NetworkDefinition): Network {
  assertObject('', definition);
  const { name, aliases = [], chainId, test = true, blockTimeSeconds = 12 } = definition;
  for (const [index, one] of [name, ...assertList('aliases', aliases)].entries()) {
    if (typeof one === 'string' && /^[A-Za-z0-9_-]+$/.test(one)) continue;
    const key = index === 0 ? 'name' : `aliases[${index - 1}]`;
    throw invalid(key, 'letters, digits, - and _', describe(one));
  }
  if (typeof test !== 'boolean') throw invalid('test', 'true or false', describe(test));
  if (!Number.isSafeInteger(chainId) || chainId < 1) {
    throw invalid('chainId', 'a whole number above 0', describe(chainId));
  }
  if (typeof blockTimeSeconds !== 'number' || !(blockTimeSeconds > 0)) {
    throw invalid('blockTimeSeconds', 'a number above 0', describe(blockTimeSeconds));
  }
  const [first, ...rest] = assertList('stands', definition.stands).map(checkStand);
  if (first === undefined) throw invalid('stands', 'at least one deployment', 'none');
  return { name, aliases, chainId, test, blockTimeSeconds, stands: [first, ...rest] };
}

function checkStand(stand: Stand, index: number): Stand {
  const place = `stands[${index}]`;
  assertObject(place, stand);
  const { tokenDecimals } = stand;
  for (const key of ['name', 'token'] as const) {
    if (typeof stand[key] === 'string' && stand[key] !== '') continue;
    throw invalid(`${place}.${key}`, 'a text', describe(stand[key]));
  }
  if (!Number.isInteger(tokenDecimals) || tokenDecimals < 0 || tokenDecimals > 77) {
    throw invalid(`${place}.tokenDecimals`, 'a whole number from 0 to 77', describe(tokenDecimals));
  }
  for (const key of ['deploymentTransaction', 'registryDeploymentTransaction'] as const) {
    if (stand[key] === undefined || isHash(stand[key])) continue;
    throw invalid(`${place}.${key}`, '0x and 64 hexadecimal digits', describe(stand[key]));
  }
  const address = (key: 'multiPartyEscrow' | 'registry' | 'tokenAddress') => {
    const text: unknown = stand[key];
    if (typeof text === 'string') return parseAddress(text, { place: `${place}.${key}` });
    throw invalid(`${place}.${key}`, 'an address', describe(text));
  };
  return {
    ...stand,
    multiPartyEscrow: address('multiPartyEscrow'),
    registry: address('registry'),
    tokenAddress: address('tokenAddress'),
  };
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value);
}

function assertObject(place: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw invalid(place, 'an object', describe(value));
}

function assertList<item>(place: string, value: readonly item[]): readonly item[] {
  if (Array.isArray(value)) return value;
  throw invalid(place, 'a list', describe(value));
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function invalid(place: string, expected: string, found: string): BaseError {
  const message = 'The definition of the network is not valid.';
  return new BaseError('NETWORK_INVALID', message, { ...(place && { place }), expected, found });
}
