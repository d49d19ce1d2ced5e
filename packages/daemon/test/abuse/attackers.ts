import type { Socket } from 'node:net';

/** Sockets of the attack that runs: whatever becomes of its test, none may stay for the next one. */
export const attackers = new Set<Socket>();
