import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as configuration from './configuration.ts';
import * as control from './control.ts';
import * as health from './health.ts';
import * as index from './index.ts';
import * as pricing from './pricing.ts';
import * as state from './state.ts';
import * as token from './token.ts';
import * as training from './training.ts';

const surfaces: Readonly<Record<string, object>> = {
  '.': index,
  './state': state,
  './control': control,
  './token': token,
  './training': training,
  './configuration': configuration,
  './health': health,
  './pricing': pricing,
};

test('default', () => {
  const paths = [...Object.keys(surfaces), './package.json'];
  expect(Object.keys(manifest.exports)).toEqual(paths);
  expect(Object.keys(manifest.publishConfig.exports)).toEqual(paths);
});

test.each(Object.entries(surfaces))('behavior: the surface of %s', (_, surface) => {
  expect(Object.keys(surface).sort()).toMatchSnapshot();
});
