import { testStoreConformance } from '../../test/store/store-conformance.ts';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

testStoreConformance('sqlite', async () => {
  const directory = await createStoreDirectory();
  const opened: Store[] = [];
  return {
    async open(scope = 'test') {
      const store = await openSqliteStore({ path: directory.path, scope });
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store.close();
      await directory[Symbol.asyncDispose]();
    },
  };
});
