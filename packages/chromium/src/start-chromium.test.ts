import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chromium, startChromium } from './start-chromium.ts';

let chromium: Chromium;

beforeAll(async () => {
  chromium = await startChromium();
});

afterAll(() => chromium.stop());

const pageWith = (script: string) => ({
  '/index.html': '<!doctype html><script type="module" src="/main.js"></script>',
  '/main.js': script,
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('default: a page runs what its site serves', async () => {
  const files = { '/lib.js': 'export const add = async (a, b) => a + b;' };
  await using site = await chromium.openSite({ files });
  const opened = await site.openPage();
  expect(await opened.call('/lib.js', 'add', 2n, 3n)).toBe(5n);
  expect(await opened.page.evaluate(() => isSecureContext)).toBe(true);
  expect(opened).toMatchObject({ problems: [], foreignRequests: [] });
});

test('behavior: pages of one site share storage, other sites see none of it', async () => {
  const site = await chromium.openSite();
  const [first, second] = [await site.openPage(), await site.openPage()];
  await first.page.evaluate(() => localStorage.setItem('a', '1'));
  expect(await second.page.evaluate(() => localStorage.getItem('a'))).toBe('1');
  await using other = await chromium.openSite();
  const third = await other.openPage();
  expect(await third.page.evaluate(() => localStorage.getItem('a'))).toBeNull();
  await site.close();
  await expect(fetch(site.origin)).rejects.toThrow();
});

test('behavior: everything that goes wrong in a page is kept', async () => {
  const script = `
    console.error('said', 1);
    console.log('not said');
    setTimeout(() => { throw new Error('thrown'); });
    Promise.reject(new Error('forgotten'));
  `;
  await using site = await chromium.openSite({ files: pageWith(script) });
  const { problems } = await site.openPage('/index.html');
  await expect.poll(() => problems.length).toBe(4);
  expect(problems.toSorted()).toEqual([
    'console: Failed to load resource: the server responded with a status of 404 (Not Found)',
    'console: said 1',
    'uncaught: forgotten',
    'uncaught: thrown',
  ]);
});

test('behavior: a page cannot make code from text', async () => {
  const files = pageWith(`new Function('return 1')();`);
  await using site = await chromium.openSite({ files });
  const { problems } = await site.openPage('/index.html');
  expect(problems.join('\n')).toMatch(/uncaught: Evaluating a string as JavaScript violates/);
});

test('behavior: requests to elsewhere are named and go nowhere, unless the origin is allowed', async () => {
  let asked = 0;
  const elsewhere = createServer((_request, response) => {
    asked += 1;
    response.setHeader('access-control-allow-origin', '*').end('hello');
  });
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const ask = (url: string) =>
    fetch(url).then(
      (response) => response.text(),
      () => 'refused',
    );
  await using site = await chromium.openSite();
  const closed = await site.openPage();
  expect(await closed.page.evaluate(ask, `${origin}/a`)).toBe('refused');
  expect(await closed.page.evaluate(ask, 'https://example.org/')).toBe('refused');
  expect(closed.problems.join('\n')).toContain(`${origin}/a`);
  expect(asked).toBe(0);
  await using open = await chromium.openSite({ allowedOrigins: [origin] });
  const allowed = await open.openPage();
  expect(await allowed.page.evaluate(ask, `${origin}/a`)).toBe('hello');
  expect(allowed).toMatchObject({ problems: [], foreignRequests: [] });
  elsewhere.close();
});

test('behavior: it ends with the process that started it, even when that is killed', async () => {
  const program = `
    import { startChromium } from ${JSON.stringify(new URL('./start-chromium.ts', import.meta.url).href)};
    const chromium = await startChromium();
    await (await chromium.openSite()).openPage();
    console.log(chromium.pid);
    setInterval(() => {}, 1000);
  `;
  // Who is killed leaves the profile behind.
  const directory = mkdtempSync(join(tmpdir(), 'snetkit-chromium-'));
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: directory },
  });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  rmSync(directory, { recursive: true, force: true });
});

test('behavior: stop may be called again', async () => {
  const other = await startChromium();
  await Promise.all([other.stop(), other.stop()]);
  expect(isAlive(other.pid)).toBe(false);
});

test('error: it ends at once', async () => {
  const starting = startChromium({ args: ['--version'] });
  // What Playwright says of it depends on when it notices.
  await expect(starting).rejects.toThrow(
    /^Chromium did not start\.\nFound: .+\nFix: correct the arguments, or allow more time with timeoutMs$/,
  );
});
