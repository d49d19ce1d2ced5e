import { readFileSync } from 'node:fs';
import type { Hex } from '@snetkit/core';
import type { Keystore } from '../../src/signers/keystore.ts';

/** A keystore that somebody else wrote, with its password and what is in it. */
export interface KeystoreVector {
  readonly name: string;
  readonly source: string;
  readonly password: string;
  readonly privateKey?: Hex;
  readonly address?: Hex;
  readonly keystore: Keystore;
}

/** Of go-ethereum's tests, and made by Foundry's cast. */
export const keystores: readonly KeystoreVector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/keystores.json', import.meta.url), 'utf8'),
);
