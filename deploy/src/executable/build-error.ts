/** The executable cannot be built. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
