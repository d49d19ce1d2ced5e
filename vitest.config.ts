import { defineConfig } from 'vitest/config';

// One configuration for every room; `vitest run --dir packages/x` runs one of them.
const conditions = ['@snetkit/source', 'module', 'node', 'development|production'];

// The task runner forces colours on what it runs; programs that tests start would inherit that.
delete process.env['FORCE_COLOR'];

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: ['@snetkit/source', 'node'] } },
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/gen/**'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
});
