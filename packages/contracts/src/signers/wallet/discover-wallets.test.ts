import { expect, test } from 'vitest';
import { type DiscoveredWallet, discoverWallets } from '../wallet.ts';

const icon = 'data:image/svg+xml;base64,PHN2Zy8+';
const provider = { request: async () => null };
const info = (name: string) => ({ uuid: `uuid-${name}`, name, rdns: `io.${name}`, icon });

/** A page whose wallets announce what they are given, as EIP-6963 wants it. */
function createPage(...details: unknown[]) {
  const page = new EventTarget();
  const announce = (detail: unknown) =>
    page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  page.addEventListener('eip6963:requestProvider', () => details.forEach(announce));
  return { page, announce };
}

test('default: all that announce themselves, the first of each id', async () => {
  const { page } = createPage(
    { info: info('one'), provider },
    { info: info('two'), provider },
    { info: { ...info('one'), name: 'thief' }, provider: { request: async () => 'mine' } },
  );
  const wallets = await discoverWallets({ target: page, waitMs: 0 });
  expect(wallets).toEqual([
    { ...info('one'), provider },
    { ...info('two'), provider },
  ]);
});

test('behavior: what is not whole is no wallet', async () => {
  const { page } = createPage(
    undefined,
    {},
    { info: info('one') },
    { info: info('one'), provider: {} },
    { info: { ...info('one'), uuid: '' }, provider },
    { info: { ...info('one'), rdns: 5 }, provider },
    { info: { ...info('one'), icon: 'https://tracker.example/pixel.png' }, provider },
    { info: { ...info('one'), icon: 'javascript:alert(1)' }, provider },
  );
  expect(await discoverWallets({ target: page, waitMs: 0 })).toEqual([]);
});

test('args: onWallet and signal; a wallet that comes late, and nothing after the end', async () => {
  const { page, announce } = createPage({ info: info('one'), provider });
  const seen: DiscoveredWallet[] = [];
  const controller = new AbortController();
  const found = discoverWallets({
    ...{ target: page, waitMs: 60_000, signal: controller.signal },
    onWallet: (wallet) => seen.push(wallet),
  });
  expect(seen.map(({ name }) => name)).toEqual(['one']);
  announce({ info: info('late'), provider });
  controller.abort();
  expect((await found).map(({ name }) => name)).toEqual(['one', 'late']);
  announce({ info: info('too late'), provider });
  expect(seen.map(({ name }) => name)).toEqual(['one', 'late']);
});
