import { BaseError } from '@snetkit/core';
import type { ChannelKey, ClientLedger, LedgerChange, SearchKey } from '../ledger/client-ledger.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { placeOf } from '../ledger/place-of.ts';
import { decodeLedgerRecord, encodeLedgerRecord } from '../ledger/record-codec.ts';
import { decodeSearch, encodeSearch } from '../ledger/search-codec.ts';
import { type HeldWebLock, holdWebLock } from './hold-web-lock.ts';
import { type ApplyAll, type ChangeQueue, queueChanges } from './queue-changes.ts';
import { openSiteStorage, type SiteStorage } from './site-storage.ts';

/** Where the ledger lies. */
export interface IndexedDbLedgerOptions {
  /** Name of the database; `snet-channels` when left out. */
  readonly name?: string | undefined;
}

/** How long an update waits for those of other tabs: milliseconds. */
const patienceMs = 20_000;

/**
 * The ledger of one site in this browser profile: one record per channel in IndexedDB. All tabs and
 * workers of the site share it; each update is exclusive among them, and on the disk before it
 * resolves. Each holds a Web Lock while it lives, so that the others know who has ended. Nothing is
 * opened before it is needed; its methods throw BaseError LEDGER_UNAVAILABLE where nothing can be kept.
 */
export function openIndexedDbLedger({
  name = 'snet-channels',
}: IndexedDbLedgerOptions = {}): ClientLedger {
  const holder = crypto.randomUUID();
  const lockOf = (id: string) => `${name}/holder/${id}`;
  let life: HeldWebLock | undefined;
  let opening: Promise<SiteStorage<string>> | undefined;
  let living: ReadonlySet<string | undefined> = new Set();
  const queues = new Map<string, ChangeQueue>();

  /** Before anything is written, the others must see that this one lives. */
  async function open(): Promise<SiteStorage<string>> {
    life ??= holdWebLock(lockOf(holder));
    await life.isHeld;
    opening ??= openSiteStorage<string>(name).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /** Applies changes to what is stored; resolves when it is on the disk. */
  async function commit(key: ChannelKey, applyAll: ApplyAll): Promise<void> {
    const storage = await open();
    const waiting = { signal: AbortSignal.timeout(patienceMs) };
    // The change of a value is exclusive by itself. With the lock, everybody who has written into it is
    // known as alive or dead: nobody comes between the question and the change.
    await navigator.locks.request(`${name}/update/${idOf(key).join('/')}`, waiting, async () => {
      const { held = [] } = await navigator.locks.query();
      living = new Set(held.map((lock) => lock.name));
      await storage.change(idOf(key), (text) => {
        const known = text === undefined ? undefined : decodeLedgerRecord(text, placeOf(key));
        const record = applyAll(known);
        return { value: record && encodeLedgerRecord(record), result: undefined };
      });
    });
  }

  function update<T>(
    key: ChannelKey,
    change: (record: LedgerRecord | undefined) => LedgerChange<T>,
  ): Promise<T> {
    const id = idOf(key).join('/');
    const queue = queues.get(id) ?? queueChanges((applyAll) => guard(key, commit(key, applyAll)));
    queues.set(id, queue);
    return queue.add(change);
  }

  async function read(query: IDBValidKey | IDBKeyRange) {
    return (await open()).read(query);
  }

  return {
    holder,
    isHolderAlive: (other) => other === holder || living.has(lockOf(other)),
    update,
    async get(key) {
      const [found] = await guard(key, read(idOf(key)));
      return found && decodeLedgerRecord(found.value, placeOf(key));
    },
    async list(escrow) {
      const first = [escrow.chainId, escrow.mpe.toLowerCase()];
      // Lists come after all texts.
      const found = await guard(escrow, read(IDBKeyRange.bound(first, [...first, []])));
      return found.map(({ key, value }) =>
        decodeLedgerRecord(value, `${placeOf(escrow)}, channel ${(key as string[])[2]}`),
      );
    },
    searches: {
      async get(key) {
        const [found] = await guard(key, read(searchIdOf(key)));
        return found && decodeSearch(found.value);
      },
      async set(key, cursor) {
        const value = encodeSearch(cursor);
        const change = async () =>
          (await open()).change(searchIdOf(key), () => ({ value, result: undefined }));
        await guard(key, change());
      },
    },
    async close() {
      (await opening)?.close();
      await life?.release();
    },
  };
}

function idOf({ chainId, mpe, channelId }: ChannelKey): (string | number)[] {
  return [chainId, mpe.toLowerCase(), channelId.toString()];
}

/** Texts come after numbers: none of these is among the channels of an escrow. */
function searchIdOf({ chainId, mpe, filter }: SearchKey): (string | number)[] {
  return ['search', chainId, mpe.toLowerCase(), filter];
}

/** Whatever the browser says becomes an error that names the place. */
async function guard<T>(place: Parameters<typeof placeOf>[0], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    throw new BaseError('LEDGER_UNAVAILABLE', 'The payment ledger cannot be used', {
      place: placeOf(place),
      found: `${cause.name}: ${cause.message}`,
      hint: 'Serve the page from https or localhost, and allow it to store data.',
      cause,
    });
  }
}
