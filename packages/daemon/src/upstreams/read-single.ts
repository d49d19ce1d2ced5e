/** The value of metadata that should be there once; the first one when it is not. */
export function readSingle(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}
