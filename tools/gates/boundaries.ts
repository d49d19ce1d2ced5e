// The import direction of the rooms, and no `node:` import where a browser must be able to go.
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Rooms that each room may import from its published source. */
const mayImport: Record<string, readonly string[]> = {
  launch: [],
  core: [],
  anvil: [],
  chromium: [],
  etcd: [],
  'process-lock': ['core'],
  'native-crypto': ['core'],
  codegen: [],
  contracts: ['core', 'native-crypto', 'process-lock'],
  protos: ['core'],
  metadata: ['core'],
  payments: ['core', 'contracts', 'protos', 'metadata', 'process-lock'],
  sdk: ['core', 'contracts', 'protos', 'metadata', 'payments'],
  devnet: ['anvil', 'core', 'contracts', 'metadata'],
  daemon: ['launch', 'native-crypto', 'process-lock', 'core', 'contracts', 'protos', 'metadata'],
  cli: [
    'launch',
    'codegen',
    'core',
    'contracts',
    'protos',
    'metadata',
    'payments',
    'sdk',
    'devnet',
  ],
  bench: ['anvil', 'core', 'contracts', 'protos', 'metadata', 'payments', 'sdk', 'devnet', 'etcd'],
  deploy: ['core', 'contracts', 'protos', 'devnet', 'etcd', 'process-lock'],
  chaos: ['core', 'contracts', 'protos', 'metadata', 'payments', 'sdk', 'devnet', 'etcd'],
  examples: ['chromium', 'core', 'contracts', 'protos', 'metadata', 'payments', 'sdk', 'devnet'],
};

/** Rooms started as programs: a package may depend on them and find their launcher, never import them. */
const programs = ['daemon', 'cli'];

const browserSafe = ['core', 'contracts', 'protos', 'metadata', 'payments', 'sdk'];

const projectRoot = process.argv[2] ?? '';
const manifest = JSON.parse(readFileSync(join(root, projectRoot, 'package.json'), 'utf8'));
const room: string = manifest.name.replace('@snetkit/', '');
const faults: string[] = [];
const allowed = mayImport[room];
if (allowed === undefined) {
  faults.push(
    `${projectRoot}/package.json: the room ${room} has no line in tools/gates/boundaries.ts`,
  );
}
checkManifest();
const pattern = '{src,bin}/**/*.{ts,tsx,js}';
for (const file of globSync([pattern, '*.js'], { cwd: join(root, projectRoot) })) checkFile(file);
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exit(1);
}

function checkManifest(): void {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (!name.startsWith('@snetkit/')) continue;
    const other = name.replace('@snetkit/', '');
    if (allowed?.includes(other) || programs.includes(other)) continue;
    faults.push(`${projectRoot}/package.json: ${room} may not depend on ${other}`);
  }
}

function checkFile(file: string): void {
  if (/\.test(-d)?\.ts$|\.bench\.ts$/.test(file)) return;
  const path = join(root, projectRoot, file);
  const source = readFileSync(path, 'utf8');
  const imports =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;()=]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;
  for (const match of source.matchAll(imports)) {
    const target = match[1] ?? match[2] ?? '';
    const line = source.slice(0, match.index + match[0].length).split('\n').length;
    const fault = checkImport(file, target);
    if (fault !== undefined) faults.push(`${relative(root, path)}:${line}: ${fault}`);
  }
}

function checkImport(file: string, target: string): string | undefined {
  if (target.startsWith('node:')) {
    if (!browserSafe.includes(room) || file.startsWith('src/node/')) return undefined;
    return `${target} in a room that must load in a browser (allowed only under src/node/)`;
  }
  if (
    browserSafe.includes(room) &&
    !file.startsWith('src/node/') &&
    /^\.{1,2}\/(.*\/)?node\//.test(target)
  ) {
    return `${target} leads from browser-safe source into src/node/`;
  }
  const other = /^@snetkit\/([^/]+)/.exec(target)?.[1];
  if (other === undefined || other === room) return undefined;
  if (allowed?.includes(other)) return undefined;
  const list = allowed?.join(', ') || 'no other room';
  return `${room} may not import ${other}: imports run downwards only (${room} may import ${list})`;
}
