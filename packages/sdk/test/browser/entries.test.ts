import { type Bundle, bundleForBrowser, type Chromium, startChromium } from '@snetkit/chromium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BundleBudget, bundleBudgets } from './bundle-budgets.ts';
import { listEntries } from './list-entries.ts';

const directory = import.meta.dirname;
const entries = listEntries();
const bundles = new Map<string, Promise<Bundle>>();
let chromium: Chromium;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(() => chromium?.stop());

test.for(entries)('behavior: %s loads in Chromium, without help and in silence', async (entry) => {
  const { files, modules } = await bundle(entry);
  expect(modules.filter((file) => /\/node\/|connect-node/.test(file))).toEqual([]);
  await using site = await chromium.openSite({ files });
  const opened = await site.openPage();
  const exported = await opened.page.evaluate(
    `import('/${nameOf(entry)}.js').then((module) => Object.keys(module).sort())`,
  );
  const expected = Object.keys(await import(entry)).filter((name) => name !== 'default');
  expect(exported).toEqual(expected.sort());
  expect(opened).toMatchObject({ problems: [], foreignRequests: [] });
});

test('behavior: each entry does its work in Chromium', async () => {
  const code = `export * from ${JSON.stringify(`${directory}/uses.ts`)};`;
  const { files } = await bundleForBrowser({ code, directory, name: 'uses' });
  await using site = await chromium.openSite({ files });
  const opened = await site.openPage();
  const { page } = opened;
  const use = (name: string, ...args: unknown[]) => opened.call('/uses.js', name, ...args);
  const asked: string[] = [];
  await page.route('**/rpc', async (route) => {
    const { id, method, params } = route.request().postDataJSON();
    const isRead = method === 'eth_call';
    asked.push(isRead ? params[0].data : method);
    const result = isRead ? `0x${'5'.padStart(64, '0').repeat(7)}` : '0x7a69';
    await route.fulfill({ json: { jsonrpc: '2.0', id, result } });
  });

  expect(await use('useCore')).toEqual({ amount: '1.5 FET', isSigner: true });
  expect(await use('useContracts', `${site.origin}/rpc`)).toEqual({ chainId: 31337, nonce: 5n });
  // Selector of channels(uint256), and 7.
  expect(asked).toEqual([`0xe5949b5d${'7'.padStart(64, '0')}`, 'eth_chainId']);
  expect(await use('useSigners')).toMatchObject({
    address: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf',
    raw: expect.stringMatching(/^0xf85f80018252089/),
  });
  expect(await use('useProtos')).toEqual(['a', 'b']);
  expect(await use('useServices')).toEqual(
    Object.fromEntries(
      entries
        .filter((entry) => entry.startsWith('@snetkit/protos/'))
        .map((entry) => [entry.slice('@snetkit/protos/'.length), true]),
    ),
  );
  expect(await use('useMetadata')).toEqual({
    files: ['calculator.proto'],
    refused: 'CONTENT_MISMATCH',
  });
  expect(await use('usePayments')).toEqual({ interceptor: 'function', known: [] });
  expect(await use('useSdk')).toEqual({
    address: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf',
    token: { symbol: 'FET', decimals: 18 },
  });
  expect(opened).toMatchObject({ problems: [], foreignRequests: [] });
});

test('behavior: each entry stays within its budget, and the budget close to it', async () => {
  const rows: Row[] = [];
  for (const entry of entries) {
    const { initial, lazy } = await bundle(entry);
    const budget = bundleBudgets[entry];
    rows.push({ entry, budget, ...initial, lazyGzip: lazy.gzip });
  }
  process.stdout.write(`${formatTable(rows)}\n`);
  expect(rows.flatMap(findFaults)).toEqual([]);
  expect(Object.keys(bundleBudgets).filter((entry) => !entries.includes(entry))).toEqual([]);
});

/** From the built packages, as whoever installs them: no condition leads to the sources. */
function bundle(entry: string): Promise<Bundle> {
  const code = `export * from ${JSON.stringify(entry)};`;
  const bundling = bundles.get(entry) ?? bundleForBrowser({ code, directory, name: nameOf(entry) });
  bundles.set(entry, bundling);
  return bundling;
}

function nameOf(entry: string): string {
  return entry.replace('@snetkit/', '').replaceAll('/', '-');
}

type Row = BundleBudget & { readonly entry: string; readonly budget: BundleBudget | undefined };

const measures = ['minified', 'gzip', 'lazyGzip'] as const;

/** What is above a budget, or so far below it that the budget says nothing any more. */
function findFaults({ entry, budget, ...sizes }: Row): string[] {
  if (budget === undefined) return [`${entry} has no row in bundle-budgets.ts`];
  return measures.flatMap((name) => {
    const line = `${entry}: ${name} is ${sizes[name]} bytes, the budget ${budget[name]}`;
    if (sizes[name] > budget[name]) return [`${line}: above it`];
    return sizes[name] < budget[name] * 0.75 ? [`${line}: lower it`] : [];
  });
}

function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ entry, budget, ...sizes }) =>
    [
      entry.padEnd(38),
      ...measures.map((name) => `${sizes[name]} of ${budget?.[name] ?? '-'}`.padStart(18)),
    ].join(''),
  );
  const title = [
    'entry (bytes of budget)'.padEnd(38),
    ...measures.map((name) => name.padStart(18)),
  ];
  return [title.join(''), ...lines].join('\n');
}
