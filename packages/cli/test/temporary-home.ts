import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home folder of its own, so that tests neither find nor touch what the person keeps. */
export interface TemporaryHome extends AsyncDisposable {
  readonly directory: string;
  /** To be given to programs. */
  readonly env: {
    readonly HOME: string;
    readonly XDG_STATE_HOME: string;
    readonly TMPDIR: string;
  };
}

/** Makes a home folder that is removed when the test is over. */
export async function makeHome(): Promise<TemporaryHome> {
  const directory = await mkdtemp(join(tmpdir(), 'snet-cli-test-'));
  const [state, temporary] = [join(directory, 'state'), join(directory, 'tmp')];
  await mkdir(temporary);
  return {
    directory,
    env: { HOME: directory, XDG_STATE_HOME: state, TMPDIR: temporary },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
