import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '../bytes/hex.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';

/** What makes a daemon id; every value is used exactly as text. */
export interface DaemonIdOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Base64 text. */
  readonly groupId: string;
  /** Address text as configured, whatever its case. */
  readonly registryAddress: string;
}

/** The id by which a daemon is known to metering and heartbeat: 64 hexadecimal digits without `0x`. */
export function getDaemonId(options: DaemonIdOptions): string {
  const { organizationId, serviceId, groupId, registryAddress } = options;
  const text = organizationId + serviceId + groupId + registryAddress;
  return bytesToHex(sha256(utf8ToBytes(text))).slice(2);
}
