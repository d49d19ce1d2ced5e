import { run } from './commands/run.ts';
import { provideBase64 } from './native-base64.ts';

provideBase64();

const code = await run(process.argv.slice(2), {
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
});
process.exitCode = code;
// A handle that somebody forgot must not keep a process that has finished.
setTimeout(() => process.exit(code), 2_000).unref();
