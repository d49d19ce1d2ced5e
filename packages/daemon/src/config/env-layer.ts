import { aliases } from './aliases.ts';
import { envName, envTargets } from './env-names.ts';
import type { Layer, Setting } from './layer.ts';
import { nearest } from './nearest.ts';

/** Settings from environment variables. An empty variable counts as not set. */
export function readEnvLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const settings: Setting[] = [];
  const warnings: string[] = [];
  for (const [name, raw] of Object.entries(env)) {
    if (!name.startsWith('SNET_') || raw === undefined || raw === '') continue;
    const target = envTargets.get(name);
    if (target === undefined) {
      const suggestion = nearest(name, [...envTargets.keys()]);
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
