import { testStoreConformance } from '../../test/store/store-conformance.ts';
import { createMemoryStore, createSharedMemory } from './memory-store.ts';

testStoreConformance('memory', async () => {
  const memory = createSharedMemory();
  return {
    open: async (scope = 'test') => createMemoryStore(scope, { memory }),
    [Symbol.asyncDispose]: async () => {},
  };
});
