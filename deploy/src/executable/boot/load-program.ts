import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';

/** Where the scripts of a program come from. */
export interface ProgramParts {
  /** Text of a script, which has no character beyond ASCII. */
  read(name: string): Uint8Array;
  /** What V8 kept of it in a run before, if there was one. */
  readCache(name: string): Uint8Array | undefined;
  /** Modules that are none of its scripts. */
  readonly require: (id: string) => unknown;
  /** What the scripts take for their own path. */
  readonly path: string;
  /** Told of every script before it runs. */
  onScript?(name: string, script: Script): void;
}

/** Runs a program that consists of CommonJS scripts; each is compiled when it is first asked for. */
export function loadProgram(entry: string, parts: ProgramParts): void {
  const { read, readCache, path, onScript } = parts;
  const loaded = new Map<string, { exports: unknown }>();
  const require = (id: string) => (id.startsWith('./') ? load(id.slice(2)) : parts.require(id));

  function load(name: string): unknown {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const cachedData = readCache(name);
    const script = new Script(Buffer.from(read(name)).toString('latin1'), {
      filename: name,
      ...(cachedData !== undefined && { cachedData: Buffer.from(cachedData.buffer) }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    onScript?.(name, script);
    script.runInThisContext()(require, module, module.exports, path, dirname(path));
    return module.exports;
  }
  load(entry);
}
