import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Which build this is. */
export interface BuildInfo {
  /** `v0.1.0`. */
  readonly version: string;
  /** Date, or `unknown` for a working copy. */
  readonly builtOn: string;
  /** Commit, or `unknown` for a working copy. */
  readonly revision: string;
}

const root = new URL('../../', import.meta.url);

/** Reads the version from package.json, and date and commit from `build-info.json` where a release has put one. */
export async function readBuildInfo(): Promise<BuildInfo> {
  const [manifest, build] = await Promise.all([
    readJson('package.json'),
    readJson('build-info.json'),
  ]);
  return {
    version: `v${manifest['version'] ?? '0.0.0'}`,
    builtOn: build['builtOn'] ?? 'unknown',
    revision: build['revision'] ?? 'unknown',
  };
}

async function readJson(name: string): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(fileURLToPath(new URL(name, root)), 'utf8'));
  } catch {
    return {};
  }
}
