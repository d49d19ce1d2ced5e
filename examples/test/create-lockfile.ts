// The versions of this repository for programs outside of it: pnpm-lock.yaml says what they install.
import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';

interface Locked {
  readonly specifier: string;
  readonly version: string;
}
type Ranges = Readonly<Record<string, string>>;
interface Importer {
  readonly dependencies?: Readonly<Record<string, Locked>>;
  readonly devDependencies?: Readonly<Record<string, Locked>>;
}
interface Lockfile {
  readonly lockfileVersion: string;
  readonly settings: unknown;
  readonly importers: Readonly<Record<string, Importer>>;
  readonly packages: Readonly<Record<string, unknown>>;
  readonly snapshots: Readonly<Record<string, unknown>>;
}

/** A package of this repository, packed. */
export interface PackedPackage {
  /** `@snetkit/core` */
  readonly name: string;
  readonly version: string;
  /** Its folder, from the root of the repository. */
  readonly folder: string;
  /** The tarball, from the root of the workspace that is made. */
  readonly path: string;
  readonly tarball: Uint8Array;
}

/** The part of a package.json that is installed. */
export interface Program {
  readonly dependencies?: Ranges;
  readonly devDependencies?: Ranges;
}

/** Which programs get a lockfile, and what they install. */
export interface CreateLockfileOptions {
  /** Text of the repository's own lockfile. */
  readonly lockfile: string;
  /** By folder. */
  readonly programs: ReadonlyMap<string, Program>;
  readonly packed: readonly PackedPackage[];
}

/**
 * Text of a lockfile in which the programs have the tarballs in place of the repository's packages, and
 * whatever else is needed in the very versions that the repository has.
 */
export function createLockfile({ lockfile, programs, packed }: CreateLockfileOptions): string {
  const { lockfileVersion, settings, importers, packages, snapshots } = parse(lockfile) as Lockfile;
  const tarballs = new Map(packed.map((one) => [one.name, one]));
  const known = importers['examples']?.devDependencies ?? {};
  const versions = (locked: Readonly<Record<string, Locked>> = {}) =>
    mapValues(locked, (name, { version }) => {
      const tarball = tarballs.get(name);
      return tarball === undefined ? version : `file:${tarball.path}`;
    });
  const lock = (ranges: Ranges = {}) =>
    mapValues(ranges, (name, specifier) => {
      const tarball = tarballs.get(name);
      const version = known[name]?.version;
      if (tarball !== undefined) {
        return { specifier: `file:../${tarball.path}`, version: `file:${tarball.path}` };
      }
      if (version === undefined)
        throw new Error(`${name} is no dependency of examples/package.json`);
      return { specifier, version };
    });
  return stringify({
    lockfileVersion,
    settings,
    overrides: createOverrides(packed),
    importers: Object.fromEntries(
      [...programs].map(([folder, { dependencies, devDependencies }]) => [
        folder,
        { dependencies: lock(dependencies), devDependencies: lock(devDependencies) },
      ]),
    ),
    packages: {
      ...packages,
      ...Object.fromEntries(
        packed.map(({ name, version, path, tarball }) => [
          `${name}@file:${path}`,
          { resolution: { integrity: hash(tarball), tarball: `file:${path}` }, version },
        ]),
      ),
    },
    snapshots: {
      ...snapshots,
      ...Object.fromEntries(
        packed.map(({ name, folder, path }) => [
          `${name}@file:${path}`,
          { dependencies: versions(importers[folder]?.dependencies) },
        ]),
      ),
    },
  });
}

/** Tarballs in place of what the registry would have. */
export function createOverrides(packed: readonly PackedPackage[]): Record<string, string> {
  return Object.fromEntries(packed.map(({ name, path }) => [name, `file:./${path}`]));
}

function hash(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

function mapValues<In, Out>(
  values: Readonly<Record<string, In>>,
  change: (name: string, value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(values).map(([name, one]) => [name, change(name, one)]));
}
