/** A value, and under which key it lies. */
export interface StoredValue<V> {
  readonly key: IDBValidKey;
  readonly value: V;
}

/** What becomes of a value: it stays as it is when none is given. */
export interface ValueChange<V, T> {
  readonly value?: V | undefined;
  readonly result: T;
}

/** Values by key, which all tabs and workers of a site share. Its methods throw DOMException. */
export interface SiteStorage<V> {
  /** The values of a key or of a range of keys, ordered by key. */
  read(query: IDBValidKey | IDBKeyRange): Promise<readonly StoredValue<V>[]>;
  /** Changes or adds a value; nobody comes between, and it is on the disk before this resolves. */
  change<T>(key: IDBValidKey, work: (value: V | undefined) => ValueChange<V, T>): Promise<T>;
  close(): void;
}

const store = 'values';

/** How long other tabs, or the disk, may take: milliseconds. */
const patienceMs = 20_000;

/**
 * Opens a database of this site (IndexedDB), and makes it when it is not there.
 *
 * @throws DOMException
 */
export async function openSiteStorage<V>(name: string): Promise<SiteStorage<V>> {
  if (globalThis.indexedDB === undefined) {
    throw new DOMException('there is no IndexedDB', 'NotSupportedError');
  }
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await inTime(opened);
  // Somebody deletes the data of this site: do not stand in the way.
  database.onversionchange = () => database.close();
  return {
    read: (query) => read(database, query),
    change: (key, work) => change(database, key, work),
    close: () => database.close(),
  };
}

async function read<V>(database: IDBDatabase, query: IDBValidKey | IDBKeyRange) {
  const transaction = database.transaction(store);
  const values = transaction.objectStore(store);
  const keys = values.getAllKeys(query);
  const found: IDBRequest<V[]> = values.getAll(query);
  await inTime(settle(transaction));
  return found.result.map((value, index) => ({ key: keys.result[index] as IDBValidKey, value }));
}

async function change<V, T>(
  database: IDBDatabase,
  key: IDBValidKey,
  work: (value: V | undefined) => ValueChange<V, T>,
): Promise<T> {
  const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
  const values = transaction.objectStore(store);
  const found: IDBRequest<V | undefined> = values.get(key);
  let finish: (() => T) | undefined;
  let isGivenUp = false;
  found.onsuccess = () => {
    try {
      const { value, result } = work(found.result);
      if (value !== undefined) values.put(value, key);
      finish = () => result;
    } catch (error) {
      isGivenUp = true;
      finish = () => {
        throw error;
      };
      transaction.abort();
    }
  };
  try {
    await inTime(settle(transaction));
  } catch (error) {
    if (!isGivenUp) throw error;
  }
  return (finish as () => T)();
}

function settle(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('the transaction was ended', 'AbortError'));
  });
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new DOMException(`no answer within ${patienceMs} ms`, 'TimeoutError'));
  }, patienceMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
