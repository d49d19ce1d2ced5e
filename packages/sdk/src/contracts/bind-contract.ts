import type { ChainClient, Signer } from '@snetkit/contracts';

/** Functions of `@snetkit/contracts`, by the names that they have here. */
// biome-ignore lint/suspicious/noExplicitAny: each function has options of its own
export type ContractTable = Readonly<Record<string, (...args: any[]) => Promise<unknown>>>;

/** Options that may be left out when none of them must be given. */
type Optional<O> = object extends O ? [options?: O] : [options: O];

type BoundRead<F, Fixed extends PropertyKey> = F extends (
  client: ChainClient,
  options: infer O,
) => infer R
  ? (...options: Optional<Omit<O, Fixed>>) => R
  : never;

type BoundWrite<F, Fixed extends PropertyKey> = F extends (
  client: ChainClient,
  signer: Signer,
  options: infer O,
) => infer R
  ? (...options: Optional<Omit<O, Fixed> & { readonly account?: string | undefined }>) => R
  : never;

/** Functions that know already which contract, and whose account. */
export type BoundContract<Reads, Writes, Fixed extends PropertyKey> = {
  readonly [Name in keyof Reads]: BoundRead<Reads[Name], Fixed>;
} & { readonly [Name in keyof Writes]: BoundWrite<Writes[Name], Fixed> };

/** What every function of a contract gets. */
export interface ContractPlace<Fixed extends PropertyKey> {
  readonly chain: ChainClient;
  /** Addresses, by the options that take them. */
  readonly addresses: Readonly<Record<Fixed, string>>;
  /** Signer of the account with that name; of the first one without a name. */
  getSigner(account: string | undefined): Signer;
}

/**
 * Binds functions of `@snetkit/contracts` to a chain, to addresses, and to the accounts of an engine.
 * Those that send a transaction take the name of the `account` that signs it.
 */
export function bindContract<
  Reads extends ContractTable,
  Writes extends ContractTable,
  Fixed extends PropertyKey,
>(
  { reads, writes }: { readonly reads: Reads; readonly writes: Writes },
  { chain, addresses, getSigner }: ContractPlace<Fixed>,
): BoundContract<Reads, Writes, Fixed> {
  const bound: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(reads)) {
    bound[name] = (options: object = {}) => read(chain, { ...options, ...addresses });
  }
  for (const [name, write] of Object.entries(writes)) {
    bound[name] = async ({ account, ...options }: { account?: string } = {}) =>
      write(chain, getSigner(account), { ...options, ...addresses });
  }
  return bound as BoundContract<Reads, Writes, Fixed>;
}
