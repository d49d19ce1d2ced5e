import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BaseError, type JsonObject, parseJson, stringifyJson } from '@snetkit/core';
import type { TestAccounts } from '../accounts.ts';
import type { ContractAddresses } from '../contracts/deploy-contracts.ts';

/** What other programs need to know about a local network that is running. */
export interface DevnetDescriptor {
  /** Process that holds the network up. */
  readonly pid: number;
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly contracts: ContractAddresses;
  readonly token: { readonly symbol: string; readonly decimals: number };
  readonly contentUrl: string;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  /** Where the service is called; absent when no daemon was started. */
  readonly endpoint?: string;
  /** Folder of this run; a client's ledger belongs in here, because every run is a new chain. */
  readonly directory: string;
  /** Test accounts; their keys are public knowledge. */
  readonly accounts: TestAccounts;
}

/** Where networks are announced. */
export interface DescriptorOptions {
  /** `${XDG_STATE_HOME:-~/.local/state}/snet/devnet` when not given. */
  readonly folder?: string | undefined;
  /** Only the network with this RPC endpoint; any when not given. */
  readonly rpcUrl?: string | undefined;
}

/** The folder in which every running local network has a file, by which it is found. */
export function getDevnetDescriptorFolder(): string {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'snet', 'devnet');
}

/**
 * The local network that is running on this machine, the latest one when there are several, or
 * `undefined`. A file that was left behind by a process that is gone does not count.
 *
 * @throws BaseError `JSON_INVALID` when a file is damaged
 */
export async function readDevnetDescriptor(
  options: DescriptorOptions = {},
): Promise<DevnetDescriptor | undefined> {
  const { folder = getDevnetDescriptorFolder(), rpcUrl } = options;
  const files = await listFiles(folder);
  for (const file of files.reverse()) {
    const descriptor = await readFileOf(join(folder, file));
    if (descriptor === undefined || !isAlive(descriptor.pid)) continue;
    if (rpcUrl === undefined || isSameUrl(rpcUrl, descriptor.rpcUrl)) return descriptor;
  }
  return undefined;
}

/**
 * Announces a local network, beside others that run already.
 *
 * @returns the file to remove when the network ends
 */
export async function writeDevnetDescriptor(
  descriptor: DevnetDescriptor,
  options: DescriptorOptions = {},
): Promise<string> {
  const { folder = getDevnetDescriptorFolder() } = options;
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  // Sorted by name, the latest comes last.
  const name = `${String(Date.now()).padStart(15, '0')}-${randomBytes(4).toString('hex')}`;
  const draft = join(folder, `${name}.draft`);
  const file = join(folder, `${name}.json`);
  const text = stringifyJson(descriptor as unknown as JsonObject, { indent: 2 });
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await rename(draft, file);
  return file;
}

/** Whoever was killed could not take his announcement back. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await listFiles(folder)) {
    const file = join(folder, name);
    const descriptor = await readFileOf(file).catch(() => undefined);
    if (descriptor === undefined || !isAlive(descriptor.pid)) await rm(file, { force: true });
  }
}

/** Names of announcements, the latest one last. */
async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw BaseError.from(cause);
  }
}

/** `undefined` when it was taken back meanwhile. */
async function readFileOf(file: string): Promise<DevnetDescriptor | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return parseJson(text, { place: file }) as unknown as DevnetDescriptor;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw BaseError.from(cause);
  }
}

function isSameUrl(one: string, other: string): boolean {
  return URL.parse(one)?.href === URL.parse(other)?.href;
}

function isMissing(cause: unknown): boolean {
  return (cause as NodeJS.ErrnoException).code === 'ENOENT';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is alive all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
