/** What the build tells the executable about itself. */
export interface Manifest {
  /** Files that the daemon reads beside itself when it is a package. */
  readonly json: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Native addons by name: their SHA-256. */
  readonly addons: Readonly<Record<string, string>>;
}

/** Names of what lies in the executable. */
export const assets = {
  manifest: 'manifest.json',
  program: 'snetd.js',
  writer: 'sqlite-writer.js',
  addon: (name: string) => `${name}.node`,
  cache: (script: string) => `${script}.cache`,
} as const;
