import { createHash } from 'node:crypto';

/** Choices that a seed decides. */
export interface Random {
  readonly name: string;
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Choices of their own: what is chosen there does not move what is chosen here. */
  fork(name: string): Random;
}

/** Choices that the name alone decides (splitmix32 on a hash of it). */
export function createRandom(name: string): Random {
  let state = createHash('sha256').update(name).digest().readUInt32BE(0);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    name,
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    fork: (part) => createRandom(`${name}/${part}`),
  };
}
