import {
  bundleForBrowser,
  type Chromium,
  type Site,
  type SitePage,
  startChromium,
} from '@snetkit/chromium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ledgerCases } from '../../test/ledger-conformance.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';

const program = '/ledger-page.js';

let chromium: Chromium;
let site: Site;
let page: SitePage;

beforeAll(async () => {
  const directory = `${import.meta.dirname}/../../test`;
  const code = "export * from './ledger-page.ts';";
  // From the sources, like every other test of this room.
  const conditions = ['@snetkit/source'];
  const name = 'ledger-page';
  const { files } = await bundleForBrowser({ code, directory, name, conditions });
  chromium = await startChromium();
  site = await chromium.openSite({ files });
  page = await site.openPage();
});

afterAll(() => chromium?.stop());

test.for(ledgerCases)('$name', async ({ name, expected }) => {
  expect(await page.call(program, 'runCase', name)).toEqual(expected);
  expect(page).toMatchObject({ problems: [], foreignRequests: [] });
});

/** Each amount is flushed to a disk that others may keep busy. */
const patience = { timeout: 60_000 };

test('behavior: four tabs, ended at random, never take one amount twice and lose none', {
  timeout: 240_000,
}, async () => {
  const record: LedgerRecord = {
    channelId: 7n,
    sender: `0x${'11'.repeat(20)}`,
    signer: `0x${'11'.repeat(20)}`,
    recipient: `0x${'22'.repeat(20)}`,
    groupId: `0x${'33'.repeat(32)}`,
    nonce: 0n,
    value: 1_000_000n,
    expiration: 1_000n,
    claimed: 0n,
    signed: 0n,
    free: [],
    pending: [],
    charged: [],
    maxInFlight: 1_000_000,
    synchronised: true,
  };
  await page.call(program, 'start', record);
  const taken: string[] = [];
  const tabs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const tab = await site.openPage();
      let count = 0;
      tab.page.on('console', (message) => {
        if (!message.text().startsWith('taken ')) return;
        taken.push(message.text().slice('taken '.length));
        count += 1;
      });
      return { tab, getCount: () => count };
    }),
  );
  const ends = tabs.map(({ tab }) => tab.call(program, 'takeAmounts').catch(() => 'ended'));
  for (const [index, { tab, getCount }] of tabs.entries()) {
    await expect.poll(getCount, patience).toBeGreaterThan(10 + index * 10);
    // The first ones as when a tab is closed, the last one as when its process dies.
    if (index < 3) await tab.page.close();
    else await tab.page.goto('chrome://crash').catch(() => {});
  }
  expect(await Promise.all(ends)).toEqual(['ended', 'ended', 'ended', 'ended']);

  const read = () => page.call<{ record: LedgerRecord; living: string[] }>(program, 'inspect');
  await expect.poll(async () => (await read()).living, patience).toEqual([]);
  const { record: after } = await read();
  const pending = after.pending.map(({ amount }) => amount.toString());
  expect(new Set(taken).size).toBe(taken.length);
  expect(new Set(pending).size).toBe(pending.length);
  expect(new Set(after.pending.map(({ holder }) => holder)).size).toBe(4);
  // Whatever a tab had told anybody was written down before.
  expect(taken.filter((amount) => !pending.includes(amount))).toEqual([]);
  expect(after.signed).toBe(BigInt(pending.length));
});

test('error: a browser that keeps nothing', async () => {
  const tab = await site.openPage();
  await tab.page.evaluate(() =>
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
  );
  expect(await tab.call(program, 'failToOpen')).toMatchInlineSnapshot(`
    "LEDGER_UNAVAILABLE
    The payment ledger cannot be used
    Place: payment ledger of chain 31337, escrow 0x4444444444444444444444444444444444444444, channel 7
    Found: NotSupportedError: there is no IndexedDB
    Fix: Serve the page from https or localhost, and allow it to store data."
  `);
});
