export { AnvilError, type AnvilErrorCode } from './anvil-error.ts';
export { findAnvil } from './find-anvil.ts';
export { type Anvil, type AnvilExit, type StartAnvilOptions, startAnvil } from './start-anvil.ts';
