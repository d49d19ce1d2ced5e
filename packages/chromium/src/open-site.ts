import type { Browser, Page } from 'playwright-core';
import { type SiteFiles, serveFiles } from './serve-files.ts';

/** What a site consists of, and with whom its pages may talk. */
export interface SiteOptions {
  /** Content by path; `/` is an empty page unless given. */
  readonly files?: SiteFiles | undefined;
  /** Origins that pages may ask beside their own: `http://127.0.0.1:8545`. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/** A web site on loopback, in a browser profile of its own. */
export interface Site extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: browsers take it for a secure context. */
  readonly origin: string;
  /** Opens a page in a new tab and resolves when it is loaded; `/` unless given. */
  openPage(path?: string): Promise<SitePage>;
  /** Closes all tabs and the server; may be called more than once. */
  close(): Promise<void>;
}

/** One tab. Both lists grow while it lives. */
export interface SitePage {
  /** Playwright's own page: evaluate, click, wait. */
  readonly page: Page;
  /** Errors of the console, uncaught errors, requests that failed: a line each. */
  readonly problems: readonly string[];
  /** URLs asked for that are neither of the site nor of an allowed origin. */
  readonly foreignRequests: readonly string[];
  /** Loads a module of the site and calls what it exports; values cross as structured clones. */
  call<T>(path: string, name: string, ...args: readonly unknown[]): Promise<T>;
}

/** Serves files and opens pages on them, with everything recorded that went wrong. */
export async function openSite(browser: Browser, options: SiteOptions = {}): Promise<Site> {
  const { files = {}, allowedOrigins = [] } = options;
  const server = await serveFiles(files, allowedOrigins);
  const context = await browser.newContext();
  const own = new Set([server.origin, ...allowedOrigins]);

  async function openPage(path = '/'): Promise<SitePage> {
    const page = await context.newPage();
    const problems: string[] = [];
    const foreignRequests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('crash', () => problems.push('the page crashed'));
    page.on('requestfailed', (request) => {
      problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (/^https?:$/.test(protocol) && !own.has(origin)) foreignRequests.push(request.url());
    });
    await page.goto(`${server.origin}${path}`);
    return {
      page,
      problems,
      foreignRequests,
      call: (module, name, ...args) => callExport(page, module, name, args) as never,
    };
  }

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= context.close().then(server.close, server.close);
    return closing;
  }
  return { origin: server.origin, openPage, close, [Symbol.asyncDispose]: close };
}

type Exports = Record<string, (...args: readonly unknown[]) => unknown>;

async function callExport(page: Page, path: string, name: string, args: readonly unknown[]) {
  // As text, since test runners rewrite the imports of functions.
  const module = await page.evaluateHandle(`import(${JSON.stringify(path)})`);
  return module.evaluate((exports, [called, given]) => (exports as Exports)[called]?.(...given), [
    name,
    args,
  ] as const);
}
