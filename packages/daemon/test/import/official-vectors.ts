import { readFileSync } from 'node:fs';
import { hexToBytes, parseGroupId } from '@snetkit/core';
import type { OfficialGroup } from '../../src/official-state/official-keys.ts';

const file = new URL('./fixtures/official-state.json', import.meta.url);
const { storageKeys, gobValues } = JSON.parse(readFileSync(file, 'utf8'));

/** Exact texts of keys, by name. */
export const keyVectors: Readonly<Record<string, string>> = storageKeys;

/** The group that the keys of the vectors belong to. */
export const vectorGroup: OfficialGroup = {
  network: 'sepolia',
  organizationId: 'YOUR_ORG_ID',
  groupId: parseGroupId('99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U='),
  mpe: '0x7E6366Fbe3bdfCE3C906667911FC5237Cc96BD08',
};

/** A value that real Go wrote, by the name of its vector. */
export function goValue(name: string): Uint8Array {
  const all = [...gobValues.values, ...gobValues.gobValuesOtherTypeIds];
  return hexToBytes(`0x${all.find((one: { name: string }) => one.name === name).hex}`);
}
