import { aliases } from './aliases.ts';
import { configError } from './config-error.ts';
import { envName, envTargets, fileEnvTargets } from './env-names.ts';
import type { Layer, Setting } from './layer.ts';
import { nearest } from './nearest.ts';
import { readSecretFile } from './read-secret-file.ts';

/**
 * Settings from environment variables. An empty variable counts as not set. A secret can stand in a file
 * that `SNET_<KEY>_FILE` names.
 *
 * @throws BaseError for such a file that cannot be read, or a secret that is given in both ways
 */
export async function readEnvLayer(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Layer> {
  const settings: Setting[] = [];
  const warnings: string[] = [];
  for (const [name, raw] of Object.entries(env)) {
    if (!name.startsWith('SNET_') || raw === undefined || raw === '') continue;
    const inFile = fileEnvTargets.get(name);
    if (inFile !== undefined) {
      const place = `environment variable ${name}`;
      const direct = name.slice(0, -'_FILE'.length);
      if (env[direct]) throw givenTwice({ key: inFile, place, direct });
      const text = await readSecretFile({ key: inFile, place, path: raw });
      settings.push({ key: inFile, path: [], raw: text, place: `${place} (${raw})` });
      continue;
    }
    const target = envTargets.get(name);
    if (target === undefined) {
      const suggestion = nearest(name, [...envTargets.keys(), ...fileEnvTargets.keys()]);
      warnings.push(
        `environment variable ${name} is no setting of this daemon and is ignored${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
      );
      continue;
    }
    const old = [...aliases.keys()].find((alias) => envName([alias]) === name);
    if (old !== undefined) {
      warnings.push(`environment variable ${name} is an old name; use ${envName([target.key])}`);
    }
    settings.push({ ...target, raw, place: `environment variable ${name}` });
  }
  // A whole object first, its fields after it, whatever order the environment has.
  settings.sort((a, b) => a.path.length - b.path.length);
  return { settings, warnings };
}

function givenTwice({
  key,
  place,
  direct,
}: {
  key: Setting['key'];
  place: string;
  direct: string;
}): Error {
  return configError([
    {
      ...{ key, place },
      path: [],
      value: 'both',
      shown: 'both',
      expected: `one of ${direct} and ${direct}_FILE`,
      hint: 'Remove one of the two variables.',
    },
  ]);
}
