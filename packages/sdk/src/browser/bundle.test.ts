import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

test('behavior: the whole sdk bundles for a browser, without a trace of Node', async () => {
  const entry = fileURLToPath(new URL('../index.ts', import.meta.url));
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@snetkit/source', 'module', 'browser', 'production'] },
    build: { write: false, minify: true, target: 'es2022', lib: { entry, formats: ['es'] } },
  })) as Rollup.RollupOutput[];
  const chunks = result.flatMap(({ output }) => output).filter((part) => part.type === 'chunk');
  expect(chunks.length).toBeGreaterThan(0);
  for (const { imports, dynamicImports, code, moduleIds } of chunks) {
    const outside = [...imports, ...dynamicImports].filter((name) => !/^\.?\/?.*\.js$/.test(name));
    expect(outside).toEqual([]);
    expect(
      moduleIds.filter((id) => /src\/node\/|connect-node|__vite-browser-external/.test(id)),
    ).toEqual([]);
    expect(code).not.toMatch(/["']node:/);
  }
});
