import { run } from './run.ts';

const code = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
process.exitCode = code;
// A handle that somebody forgot must not keep a command that has finished.
setTimeout(() => process.exit(code), 2_000).unref();
