import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** Which file is meant. */
export interface DescriptorOptions {
  /** `${XDG_STATE_HOME:-~/.local/state}/snet/devnet.json` when not given. */
  readonly file?: string | undefined;
}

/** The file by which a running local network is found. */
export function getDevnetDescriptorFile(): string {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'snet', 'devnet.json');
}

/**
 * The local network that is running on this machine, or `undefined`. A file that was left behind by
 * a process that is gone does not count.
 *
 * @throws BaseError `JSON_INVALID` when the file is damaged
 */
export async function readDevnetDescriptor(
  options: DescriptorOptions = {},
): Promise<DevnetDescriptor | undefined> {
  const { file = getDevnetDescriptorFile() } = options;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw BaseError.from(cause);
  }
  const descriptor = parseJson(text, { place: file }) as unknown as DevnetDescriptor;
  return isAlive(descriptor.pid) ? descriptor : undefined;
}

/** Announces a local network; an older announcement is replaced. */
export async function writeDevnetDescriptor(
  descriptor: DevnetDescriptor,
  options: DescriptorOptions = {},
): Promise<void> {
  const { file = getDevnetDescriptorFile() } = options;
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  const text = stringifyJson(descriptor as unknown as JsonObject, { indent: 2 });
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** Takes the announcement of this process back; one of another process stays. */
export async function removeDevnetDescriptor(options: DescriptorOptions = {}): Promise<void> {
  const { file = getDevnetDescriptorFile() } = options;
  const descriptor = await readDevnetDescriptor({ file });
  if (descriptor?.pid === process.pid) await rm(file, { force: true });
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
