// Plain JavaScript on purpose: it must parse and run on every Node that a person may have.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** The oldest Node that the snetkit programs run on. */
export const minimumNode = [22, 13];

/** @param {string} version */
export function isNodeTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1]);
}

/** @param {string} fromUrl */
export function findPinnedNode(fromUrl) {
  const packageName = `node-${process.platform}-${process.arch}`;
  for (const base of [fromUrl, `file://${process.cwd()}/`]) {
    try {
      return createRequire(base).resolve(`${packageName}/bin/node`);
    } catch {}
  }
  return undefined;
}

/**
 * @param {string} scriptUrl
 * @param {() => Promise<unknown>} load
 */
export async function launch(scriptUrl, load) {
  if (!isNodeTooOld(process.versions.node)) {
    await load();
    return;
  }
  const node = findPinnedNode(scriptUrl);
  if (node === undefined || process.env['SNETKIT_RELAUNCHED'] !== undefined) {
    const wanted = minimumNode.join('.');
    process.stderr.write(
      `This program needs Node ${wanted} or newer; it was started with ${process.versions.node}.\n` +
        `Install a newer Node, or add the package node-${process.platform}-${process.arch} beside it.\n`,
    );
    process.exitCode = 1;
    return;
  }
  relaunch(node);
}

/** @param {string} node */
function relaunch(node) {
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, SNETKIT_RELAUNCHED: '1' },
  });
  // A terminal sends Ctrl-C to the whole group; a supervisor signals only this process.
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Cannot start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}
