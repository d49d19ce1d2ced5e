/** Thrown by a check that can say nothing before another one is mended. */
export class NotBefore extends Error {
  override readonly name = 'NotBefore';
}

/** What another check needs of this one; its failure is told there, and only there. */
export async function after<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new NotBefore(`not before ${what} is mended`, { cause });
  }
}
