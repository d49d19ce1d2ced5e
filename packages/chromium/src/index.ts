export {
  type Bundle,
  type BundleOptions,
  type BundleSize,
  bundleForBrowser,
} from './bundle-for-browser.ts';
export { ChromiumError, type ChromiumErrorCode } from './chromium-error.ts';
export { findChromium } from './find-chromium.ts';
export type { Site, SiteOptions, SitePage } from './open-site.ts';
export type { SiteFiles } from './serve-files.ts';
export { type Chromium, type StartChromiumOptions, startChromium } from './start-chromium.ts';
