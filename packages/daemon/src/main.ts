import { run } from './commands/run.ts';
import { provideBase64 } from './native-base64.ts';

provideBase64();

// A reader that went away (`snetd list channels | head`) is no failure.
process.stdout.on('error', () => {});

// No wait at the top level: a bundle of this file may be a plain script.
void run(process.argv.slice(2), {
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
}).then((code) => {
  process.exitCode = code;
  // A handle that somebody forgot must not keep a process that has finished.
  setTimeout(() => process.exit(code), 2_000).unref();
});
