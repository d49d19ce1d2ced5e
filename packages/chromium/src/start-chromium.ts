import { once } from 'node:events';
import { chromium } from 'playwright-core';
import { ChromiumError } from './chromium-error.ts';
import { findChromium } from './find-chromium.ts';
import { openSite, type Site, type SiteOptions } from './open-site.ts';

/** How the browser is started. */
export interface StartChromiumOptions {
  /** Further arguments of the program. */
  readonly args?: readonly string[] | undefined;
  /** Milliseconds until it must be ready; 30,000 unless given. */
  readonly timeoutMs?: number | undefined;
}

/** A running browser without a window. */
export interface Chromium extends AsyncDisposable {
  /** Process id of the browser itself. */
  readonly pid: number;
  /** Serves files from a loopback port; its pages share storage with each other and with nobody else. */
  openSite(options?: SiteOptions): Promise<Site>;
  /** Ends the browser with all its pages; may be called more than once. */
  stop(): Promise<void>;
}

/** How long the browser may take to end by itself before it is killed: milliseconds. */
const stopGraceMs = 5_000;

/** No name leads anywhere: what is not on loopback cannot be reached, whatever a page tries. */
const noNames = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

/**
 * Starts the Chromium of the system. It dies with this process, even when that is killed: it reads its
 * commands from a pipe, and ends with it.
 *
 * @throws ChromiumError `CHROMIUM_MISSING`, `CHROMIUM_START_FAILED`
 * @example
 * ```ts
 * await using chromium = await startChromium();
 * const site = await chromium.openSite({ files: { '/lib.js': 'export const add = (a, b) => a + b' } });
 * const page = await site.openPage();
 * const five = await page.call('/lib.js', 'add', 2, 3);
 * ```
 */
export async function startChromium(options: StartChromiumOptions = {}): Promise<Chromium> {
  const { args = [], timeoutMs: timeout = 30_000 } = options;
  const executablePath = findChromium();
  const server = await chromium
    .launchServer({ executablePath, args: [noNames, ...args], host: '127.0.0.1', timeout })
    .catch((cause: Error) => {
      throw new ChromiumError('CHROMIUM_START_FAILED', 'Chromium did not start.', {
        found: cause.message.split('\n')[0],
        hint: 'correct the arguments, or allow more time with timeoutMs',
        cause,
      });
    });
  const browser = await chromium.connect(server.wsEndpoint(), { timeout }).catch(async (cause) => {
    await server.kill();
    throw cause;
  });
  const sites = new Set<Site>();
  const child = server.process();

  let stopping: Promise<void> | undefined;
  async function stopAll(): Promise<void> {
    for (const site of sites) await site.close();
    const exited = child.exitCode === null && child.signalCode === null && once(child, 'exit');
    // Whoever is asked to close removes his profile, too.
    const timer = setTimeout(() => void server.kill(), stopGraceMs);
    await server.close();
    clearTimeout(timer);
    await exited;
  }
  function stop(): Promise<void> {
    stopping ??= stopAll();
    return stopping;
  }
  return {
    pid: child.pid as number,
    async openSite(siteOptions) {
      const site = await openSite(browser, siteOptions);
      sites.add(site);
      return site;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
