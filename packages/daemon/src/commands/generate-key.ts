import { randomBytes } from 'node:crypto';
import { bytesToHex, privateKeyToAddress } from '@snetkit/core';
import type { Command } from './command.ts';

/** `snetd generate-key`: a new private key and its address (daemon.md 6.5). */
export const generateKey: Command = {
  async run({ print }) {
    const key = bytesToHex(randomBytes(32));
    print(`Private Key: ${key.slice(2)}`);
    print(`Address: ${privateKeyToAddress(key)}`);
    print(
      'Keep the private key to yourself: whoever has it can sign in your name. It is stored nowhere.',
    );
    return 0;
  },
};
