import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleForBrowser } from './bundle-for-browser.ts';
import { startChromium } from './start-chromium.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetkit-bundle-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Installs a package of two files: its entry, and what that entry loads later. */
function addPackage(name: string, entry: string, later = 'export default 1;'): void {
  const folder = join(directory, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, exports: './index.js' }));
  writeFileSync(join(folder, 'index.js'), entry);
  writeFileSync(join(folder, 'later.js'), later);
}

test('default: one file for what is needed at once, one for what is not', async () => {
  const later = `export default ${JSON.stringify('later'.repeat(1_000))};`;
  addPackage(
    'two',
    "export const two = 2; export const later = () => import('./later.js');",
    later,
  );
  const code = "export * from 'two'";
  const { files, initial, lazy, modules } = await bundleForBrowser({ code, directory });
  expect(Object.keys(files)).toEqual(['/entry.js', expect.stringMatching(/^\/later-.*\.js$/)]);
  expect(initial.minified).toBe(files['/entry.js']?.length);
  expect(initial.minified).toBeLessThan(200);
  expect(lazy.minified).toBeGreaterThan(5_000);
  expect(lazy.gzip).toBeLessThan(200);
  expect(modules.some((file) => file.endsWith('node_modules/two/later.js'))).toBe(true);
});

test('args: conditions', async () => {
  addPackage('two', 'export const where = "default";');
  const folder = join(directory, 'node_modules/two');
  const exports = { special: './special.js', default: './index.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'two', exports }));
  writeFileSync(join(folder, 'special.js'), 'export const where = "special";');
  const code = "export * from 'two'";
  const { files } = await bundleForBrowser({ code, directory, name: 'a' });
  expect(files['/a.js']).toContain('default');
  const special = await bundleForBrowser({ code, directory, conditions: ['special'] });
  expect(special.files['/entry.js']).toContain('special');
});

test('error: a dependency imports a module of Node', async () => {
  const later = "export { spawn } from 'node:child_process';";
  const entry =
    "export { readFileSync } from 'fs'; export const spawn = () => import('./later.js');";
  addPackage('reader', entry, later);
  const bundling = bundleForBrowser({ code: "export * from 'reader'", directory });
  await expect(bundling).rejects.toThrowErrorMatchingInlineSnapshot(`
    [ChromiumError: It cannot be bundled for a browser.
    Found: node_modules/reader/index.js needs fs; node_modules/reader/later.js needs node:child_process
    Fix: keep modules of Node behind a subpath of their own, without packages that need them]
  `);
});

test('error: a dependency that is not installed', async () => {
  const bundling = bundleForBrowser({ code: "export * from 'nothing'", directory });
  await expect(bundling).rejects.toThrowErrorMatchingInlineSnapshot(`
    [ChromiumError: It cannot be bundled for a browser.
    Found: entry.bundle-entry.js needs nothing
    Fix: keep modules of Node behind a subpath of their own, without packages that need them]
  `);
});

test('error: a file that is missing', async () => {
  const bundling = bundleForBrowser({ code: "export * from './nothing.js'", directory });
  await expect(bundling).rejects.toThrowErrorMatchingInlineSnapshot(`
    [ChromiumError: It cannot be bundled for a browser.
    Found: entry.bundle-entry.js needs ./nothing.js
    Fix: keep modules of Node behind a subpath of their own, without packages that need them]
  `);
});

test('error: a dependency that needs a polyfill shows itself in the page', async () => {
  addPackage('needy', 'export const bytes = Buffer.from("aa", "hex");');
  const { files } = await bundleForBrowser({ code: "export * from 'needy'", directory });
  await using chromium = await startChromium();
  const html = '<!doctype html><script type="module" src="/entry.js"></script>';
  const site = await chromium.openSite({ files: { ...files, '/index.html': html } });
  const { problems } = await site.openPage('/index.html');
  expect(problems).toEqual(['uncaught: Buffer is not defined']);
});
