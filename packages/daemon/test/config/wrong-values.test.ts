import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/commands/run.ts';
import { keyNames, schema } from '../../src/config/schema.ts';
import { runSnetd } from '../shell/run-snetd.ts';
import { fitting, secrets, wrongValues } from './wrong-values.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-wrong-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(change: Readonly<Record<string, unknown>>): Promise<string> {
  const file = join(directory, 'snetd.config.json');
  await writeFile(file, JSON.stringify({ ...fitting, ...change }));
  return file;
}

/** What is said of a configuration. */
async function check(change: Readonly<Record<string, unknown>>) {
  const lines: string[] = [];
  const code = await run(['config', 'check', '-c', await write(change)], {
    env: {},
    print: (line) => void lines.push(`on standard output: ${line}`),
    warn: (line) => void lines.push(line),
  });
  return { code, text: lines.join('\n').replaceAll(directory, 'DIR') };
}

/** What a setting means is on its page; here it would only repeat the table. */
function withoutDescriptions(text: string): string {
  return keyNames.reduce(
    (short, key) => short.replace(schema[key].description, '(DESCRIPTION)'),
    text,
  );
}

test('default: the configuration without a wrong value fits', async () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = await run(['config', 'check', '-c', await write({})], {
    env: {},
    print,
    warn: print,
  });
  expect({ code, lines }).toEqual({ code: 0, lines: ['The configuration fits.'] });
});

test.each(wrongValues.map((change, index) => [index + 1, Object.keys(change)[0], change] as const))(
  'error: %i, %s: one line that names key, value, expectation and fix',
  async (_number, key = '', change) => {
    const { code, text } = await check(change);
    expect(code).toBe(2);
    expect(text).not.toContain('\n');
    expect(text).toContain(key);
    expect(text).toMatch(
      /^snetd: .+: (found .+, )?expected .+ \(DIR\/snetd\.config\.json.*\)\. Fix: .+[.?]$/,
    );
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(withoutDescriptions(text)).toMatchSnapshot();
  },
);

test.each([
  [{ service_timeout: '100' }],
  [{ servce_endpoint: 'http://localhost:5000' }],
  [{ private_key_for_free_calls: 'deadbeef-no-key' }],
  [{ payment_channel_storage_type: 'ectd' }],
])('error: the program says of %j what was tested above', async (change) => {
  const { code, stdout, stderr } = await runSnetd(['serve', '-c', await write(change)]);
  const { text } = await check(change);
  expect({ code, stdout, stderr: stderr.replaceAll(directory, 'DIR') }).toEqual({
    code: 2,
    stdout: '',
    stderr: `${text}\n`,
  });
});
