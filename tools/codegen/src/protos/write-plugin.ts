import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Writes a launcher called `protoc-gen-es` into `folder`: buf looks the plugin up on the PATH,
 * where it is only when a package manager happened to put it there. It starts our own
 * `@bufbuild/protoc-gen-es` with the running Node.
 */
export async function writePlugin(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('@bufbuild/protoc-gen-es/package.json'));
  const program = join(home, 'bin', 'protoc-gen-es');
  await mkdir(folder, { recursive: true });
  if (process.platform === 'win32') {
    const text = `@"${process.execPath}" "${program}" %*\r\n`;
    await writeFile(join(folder, 'protoc-gen-es.cmd'), text);
    return;
  }
  const file = join(folder, 'protoc-gen-es');
  await writeFile(file, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(program)} "$@"\n`);
  await chmod(file, 0o755);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
