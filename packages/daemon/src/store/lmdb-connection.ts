import { BaseError } from '@snetkit/core';
import { checkLmdbDataFile } from './check-lmdb-data-file.ts';
import {
  type LmdbEnvironment,
  type LmdbEnvironmentOptions,
  openLmdbEnvironment,
} from './lmdb-environment.ts';
import { makeDirectory } from './make-directory.ts';
import { type LmdbWriter, startLmdbWriter } from './start-lmdb-writer.ts';
import type { CommitItem, CommitOutcome } from './store.ts';

/** An environment with its writer, opened again when it can be used no more. */
export interface LmdbConnection {
  /**
   * The environment, with everything visible that was applied until now, by whatever process.
   *
   * @throws BaseError `STORE_UNAVAILABLE` while it cannot be opened
   */
  read(): LmdbEnvironment;
  /** Applies a batch; one at a time. Rejects when nobody knows what became of it. */
  send(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]>;
  close(): Promise<void>;
}

/** Options of {@link openLmdbConnection}. */
export interface LmdbConnectionOptions extends LmdbEnvironmentOptions {
  /** Milliseconds that the writer may take to end. */
  readonly timeoutMs: number;
}

/**
 * Opens the environment. LMDB gives an environment up for good when the page that makes a commit count
 * could not be written (a full disk below a file system that copies on write); what was durable stays
 * so, and opening it anew is all that is needed.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function openLmdbConnection(options: LmdbConnectionOptions): Promise<LmdbConnection> {
  const { path, timeoutMs } = options;
  let current: Opened | undefined = await open(options);
  let opening: Promise<Opened> | undefined;

  function reopen(): Promise<Opened> {
    opening ??= open(options)
      .then((opened) => {
        current = opened;
        return opened;
      })
      .finally(() => {
        opening = undefined;
      });
    return opening;
  }

  /** Closes what is of no use any more, and tries at once to have another. */
  async function replace(): Promise<void> {
    if (current === undefined || !(await close(current, timeoutMs))) return;
    current = undefined;
    // The next batch tries again.
    await reopen().catch(() => {});
  }

  return {
    read() {
      if (current === undefined) throw unavailable(path, 'it cannot be opened again');
      current.environment.resetReadTxn();
      return current.environment;
    },
    async send(items) {
      const { environment, writer } = current ?? (await reopen());
      let outcomes: readonly CommitOutcome[];
      try {
        outcomes = await writer.send(items);
      } catch (cause) {
        await replace();
        throw cause;
      }
      const isDoubtful = outcomes.some(({ outcome }) => outcome === 'unknown');
      if (isDoubtful && !canRead(environment)) await replace();
      return outcomes;
    },
    async close() {
      await opening?.catch(() => {});
      if (current !== undefined) await close(current, timeoutMs);
    },
  };
}

interface Opened {
  readonly environment: LmdbEnvironment;
  readonly writer: LmdbWriter;
}

async function open(options: LmdbEnvironmentOptions): Promise<Opened> {
  const environment = openEnvironment(options);
  try {
    return { environment, writer: await startLmdbWriter(options) };
  } catch (cause) {
    await environment.close();
    throw cause;
  }
}

function openEnvironment(options: LmdbEnvironmentOptions): LmdbEnvironment {
  const { path } = options;
  try {
    // Signed payments are nobody else's business.
    makeDirectory(path);
    checkLmdbDataFile(path);
    return openLmdbEnvironment(options);
  } catch (cause) {
    if (cause instanceof BaseError) throw cause;
    throw new BaseError('STORE_UNAVAILABLE', 'The store cannot be opened.', {
      place: path,
      found: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** Closing an environment under a running transaction would be worse than leaving it open. */
async function close({ environment, writer }: Opened, timeoutMs: number): Promise<boolean> {
  if ((await writer.close(timeoutMs)) !== 'closed') return false;
  await environment.close();
  return true;
}

function canRead(environment: LmdbEnvironment): boolean {
  try {
    environment.resetReadTxn();
    environment.getBinary(Buffer.from('\0version'));
    return true;
  } catch {
    return false;
  }
}

function unavailable(place: string, found: string): BaseError {
  return new BaseError('STORE_UNAVAILABLE', 'The store cannot be read.', { place, found });
}
