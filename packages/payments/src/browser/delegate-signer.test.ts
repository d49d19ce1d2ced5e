import { bundleForBrowser, type Chromium, type Site, startChromium } from '@snetkit/chromium';
import { afterAll, beforeAll, expect, test } from 'vitest';

const program = '/delegate-page.js';
const owner = `0x${'aB'.repeat(20)}`;
const other = `0x${'cd'.repeat(20)}`;

let chromium: Chromium;
let site: Site;

beforeAll(async () => {
  const directory = `${import.meta.dirname}/../../test`;
  const code = "export * from './delegate-page.ts';";
  const conditions = ['@snetkit/source'];
  const name = 'delegate-page';
  const { files } = await bundleForBrowser({ code, directory, name, conditions });
  chromium = await startChromium();
  site = await chromium.openSite({ files });
});

afterAll(() => chromium?.stop());

test('default: one key for each owner, the same in all tabs and at each visit', async () => {
  const [one, two] = [await site.openPage(), await site.openPage()];
  const open = (tab: typeof one, of: string) => tab.call<string[]>(program, 'open', of);
  const atOnce = await Promise.all([one, two, one, two].map((tab) => open(tab, owner)));
  const addresses = new Set(atOnce.flat());
  expect(addresses.size).toBe(1);
  await one.page.reload();
  expect(await open(one, owner.toLowerCase())).toEqual(atOnce[0]);
  const [another] = await open(one, other);
  expect(addresses.has(another ?? '')).toBe(false);
  expect(one.problems).toEqual([]);
});

test('behavior: no script reads the key out of what is stored', async () => {
  const tab = await site.openPage();
  expect(await tab.call(program, 'dump')).toEqual([
    { wrapping: 'InvalidAccessError', wrapped: '48 bytes' },
    { wrapping: 'InvalidAccessError', wrapped: '48 bytes' },
  ]);
});

test('error: a browser that keeps nothing', async () => {
  const tab = await site.openPage();
  await tab.page.evaluate(() =>
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
  );
  expect(await tab.call(program, 'failToOpen', owner)).toMatchInlineSnapshot(`
    "SIGNER_UNAVAILABLE
    The key that pays on this site cannot be used.
    Place: account 0xaBaBaBaBaBaBaBaBaBaBaBaBaBaBaBaBaBaBaBaB
    Found: NotSupportedError: there is no IndexedDB
    Fix: serve the page from https or localhost, and allow it to store data"
  `);
});
