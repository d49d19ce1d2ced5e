import { readFileSync } from 'node:fs';
import {
  bundleForBrowser,
  type Chromium,
  type Site,
  type SitePage,
  startChromium,
} from '@snetkit/chromium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatAmount } from '../../src/index.ts';
import { networkOf, startNetwork, type TestNetwork } from '../start-network.ts';
import type { PageOptions } from './wallet-page.ts';

const directory = import.meta.dirname;
const approvalAndOpening = ['eth_sendTransaction', 'eth_sendTransaction'];

let network: TestNetwork;
let chromium: Chromium;
let site: Site;

beforeAll(async () => {
  network = await startNetwork();
  const { rpcUrl, contentUrl, endpoint, accounts } = network.devnet;
  const code = "export * from './wallet-page.ts';";
  const { files } = await bundleForBrowser({ code, directory, name: 'wallet-page' });
  chromium = await startChromium();
  site = await chromium.openSite({
    files: {
      ...files,
      '/wallet.js': readFileSync(`${directory}/injected-wallet.js`),
      '/index.html': pageWith({ rpcUrl, account: accounts.client.address }),
    },
    allowedOrigins: [rpcUrl, contentUrl, endpoint],
  });
});

afterAll(async () => {
  await chromium?.stop();
  await network?.[Symbol.asyncDispose]();
});

test('default: ten paid calls, the wallet asked twice, and the balance that is left', async () => {
  const tab = await openTab();
  expect(await tab.run('start', optionsOf(network))).toEqual(['Test wallet']);
  expect(await tab.run('callInTurn', 10)).toEqual(Array.from({ length: 10 }, () => 'German'));
  expect(await tab.getAsked()).toEqual(approvalAndOpening);
  const { price, token } = network.devnet;
  expect(await tab.run('show')).toEqual({
    channels: [0n],
    paid: Array.from({ length: 10 }, () => price),
  });
  expect(await tab.page.textContent('body')).toBe(`${formatAmount(price * 40n, token)} left`);
  await tab.run('stop');
  expect((await network.askDaemon(0n)).top).toBe(price * 10n);
  expect(tab).toMatchObject({ problems: [], foreignRequests: [] });
  await tab.page.close();
});

test('behavior: replies stream; requests do not', async () => {
  const tab = await openTab();
  await tab.run('start', optionsOf(network));
  expect(await tab.run('readStream')).toEqual(['German', 'English']);
  expect(await tab.run('sendStream')).toMatchInlineSnapshot(`
    "CALL_KIND_UNSUPPORTED
    The requests of the method stream, and cannot be sent from here.
    Place: /text.v1.TextService/Summarise"
  `);
  expect(await tab.getAsked()).toEqual([]);
  await tab.run('stop');
  expect((await network.askDaemon(0n)).top).toBe(network.devnet.price * 11n);
  await tab.page.close();
});

test('behavior: two tabs, many calls at once, one channel; what a tab leaves the next visit finds', async () => {
  const { price, token } = network.devnet;
  const tabs = await Promise.all([openTab(), openTab()]);
  await Promise.all(tabs.map((tab) => tab.run('start', optionsOf(network))));
  const all = await Promise.all(tabs.map((tab) => tab.run<string[]>('callAtOnce', 8)));
  expect(all.flat()).toEqual(Array.from({ length: 16 }, () => 'German'));
  for (const tab of tabs) expect(await tab.getAsked()).toEqual([]);
  // Closed without a word, as users do.
  for (const tab of tabs) await tab.page.close();
  const next = await openTab();
  await next.run('start', optionsOf(network));
  expect(await next.run('callInTurn', 1)).toEqual(['German']);
  expect(await next.run('show')).toEqual({ channels: [0n], paid: [price] });
  expect(await next.page.textContent('body')).toBe(`${formatAmount(price * 22n, token)} left`);
  await next.run('stop');
  const { top, open } = await network.askDaemon(0n);
  expect({ top, open }).toEqual({ top: price * 28n, open: [] });
  expect(next).toMatchObject({ problems: [], foreignRequests: [] });
});

/** A tab with a wallet, and what is asked of the two. */
interface Tab extends SitePage {
  /** Calls what the page's program exports. */
  run<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  /** What the wallet's user had to agree to in this tab. */
  getAsked(): Promise<unknown>;
}

async function openTab(): Promise<Tab> {
  const opened = await site.openPage('/index.html');
  return {
    ...opened,
    run: (name, ...args) => opened.call('/wallet-page.js', name, ...args),
    getAsked: () => opened.page.evaluate('walletAsked'),
  };
}

function optionsOf({ devnet }: TestNetwork): PageOptions {
  const { rpcUrl, contentUrl, organizationId, serviceId } = devnet;
  return { rpcUrl, contentUrl, organizationId, serviceId, network: networkOf(devnet) };
}

function pageWith(wallet: { rpcUrl: string; account: string }): string {
  return [
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>',
    `<script type="application/json" id="wallet">${JSON.stringify(wallet)}</script>`,
    '<script type="module" src="/wallet.js"></script>',
  ].join('\n');
}
