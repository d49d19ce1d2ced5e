import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A project of a stranger that uses the sdk. */
export interface Project {
  readonly directory: string;
  /** Runs a program with the running Node; resolves with what it printed. */
  run(source: string, env: Readonly<Record<string, string>>): Promise<string>;
  /** Type-checks a program, the declarations of everything in the project included; resolves with the faults. */
  check(source: string): Promise<readonly string[]>;
}

const cli = createRequire(import.meta.url);
const sdk = dirname(cli.resolve('@snetkit/sdk/package.json'));
const protobuf = join(sdk, 'node_modules/@bufbuild/protobuf');
const root = join(import.meta.dirname, '../../..');

/** Makes a project in which packages find what they depend on, as if it had been installed. */
export async function makeProject(directory: string): Promise<Project> {
  const modules = join(directory, 'node_modules');
  await mkdir(join(modules, '@snetkit'), { recursive: true });
  await mkdir(join(modules, '@bufbuild'));
  await mkdir(join(modules, '@types'));
  await symlink(sdk, join(modules, '@snetkit/sdk'));
  await symlink(protobuf, join(modules, '@bufbuild/protobuf'));
  await symlink(join(root, 'node_modules/@types/node'), join(modules, '@types/node'));
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }\n');
  return {
    directory,
    async run(source, env) {
      await writeFile(join(directory, 'program.js'), source);
      const args = ['--conditions=@snetkit/source', 'program.js'];
      const options = { cwd: directory, env: { ...process.env, ...env }, timeout: 60_000 };
      const { stdout } = await promisify(execFile)(process.execPath, args, options);
      return stdout;
    },
    async check(source) {
      await writeFile(join(directory, 'program.ts'), source);
      const config = {
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: {
          noEmit: true,
          skipLibCheck: false,
          customConditions: ['@snetkit/source'],
          allowImportingTsExtensions: true,
        },
        files: ['program.ts'],
      };
      await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
      const tsc = join(root, 'node_modules/.bin/tsc');
      const { stdout } = await promisify(execFile)(tsc, ['-p', directory, '--pretty', 'false'], {
        cwd: directory,
        timeout: 170_000,
      }).catch((error: { stdout: string }) => error);
      // The declarations of libraries are their own affair.
      return stdout.split('\n').filter((line) => /^[^ .].*error TS/.test(line));
    },
  };
}
