import { readFileSync } from 'node:fs';
import { bundleForBrowser, startChromium } from '@snetkit/chromium';
import { expect, test } from 'vitest';
import { formatAmount } from '../../src/index.ts';
import { networkOf, startNetwork } from '../start-network.ts';
import type { PageOptions, PageResult } from './wallet-page.ts';

const directory = import.meta.dirname;

test('behavior: a page opens a channel with an injected wallet, pays ten calls, and shows what is left', async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { rpcUrl, contentUrl, organizationId, serviceId, price, token } = devnet;
  const code = "export * from './wallet-page.ts';";
  const { files } = await bundleForBrowser({ code, directory, name: 'wallet-page' });
  await using chromium = await startChromium();
  const site = await chromium.openSite({
    files: {
      ...files,
      '/wallet.js': readFileSync(`${directory}/injected-wallet.js`),
      '/index.html': pageWith({ rpcUrl, account: devnet.accounts.client.address }),
    },
    allowedOrigins: [rpcUrl, contentUrl, devnet.endpoint],
  });
  const opened = await site.openPage('/index.html');
  const options: PageOptions = {
    ...{ rpcUrl, contentUrl, organizationId, serviceId },
    network: networkOf(devnet),
    calls: 10,
  };
  const result = await opened.call<PageResult>('/wallet-page.js', 'callAndShow', options);

  expect(result.wallets).toEqual(['Test wallet']);
  expect(result.languages).toEqual(Array.from({ length: 10 }, () => 'German'));
  expect(result.paid).toEqual(Array.from({ length: 10 }, () => price));
  // The approval, and the opening of the channel.
  expect(await opened.page.evaluate('walletAsked')).toEqual([
    'eth_sendTransaction',
    'eth_sendTransaction',
  ]);
  expect(await opened.page.textContent('body')).toBe(`${formatAmount(price * 2n, token)} left`);
  const state = await network.askDaemon(result.channelId);
  expect(state.top).toBe(price * 10n);
  expect(opened).toMatchObject({ problems: [], foreignRequests: [] });
});

function pageWith(wallet: { rpcUrl: string; account: string }): string {
  return [
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>',
    `<script type="application/json" id="wallet">${JSON.stringify(wallet)}</script>`,
    '<script type="module" src="/wallet.js"></script>',
  ].join('\n');
}
