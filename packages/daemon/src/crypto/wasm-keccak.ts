import type { Keccak256 } from '@snetkit/core';
import { createKeccak } from 'hash-wasm';

/**
 * The driver over WebAssembly, or `undefined` where that cannot run. One hasher serves all: it is
 * begun and ended within each call, which nothing can interrupt.
 */
export async function loadWasmKeccak(): Promise<Keccak256 | undefined> {
  try {
    const hasher = await createKeccak(256);
    return (data) => hasher.init().update(data).digest('binary');
  } catch {
    return undefined;
  }
}
