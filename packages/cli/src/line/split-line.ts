/** A command line taken apart. */
export interface SplitLine {
  /** Name of a command; undefined when the words name none. */
  readonly name: string | undefined;
  /** The words where a command was expected; empty when there were only options. */
  readonly words: readonly string[];
  /** Everything but the name: options before it, and all that follows. */
  readonly rest: readonly string[];
}

/** Finds the command in a command line: one or two words, perhaps after global flags. */
export function splitLine(args: readonly string[], names: ReadonlySet<string>): SplitLine {
  let start = 0;
  while (args[start]?.startsWith('-')) start += 1;
  const before = args.slice(0, start);
  for (const length of [2, 1]) {
    const name = args.slice(start, start + length).join(' ');
    if (names.has(name)) {
      return { name, words: [], rest: [...before, ...args.slice(start + length)] };
    }
  }
  const words = args.slice(start, start + 2).filter((word) => !word.startsWith('-'));
  return { name: undefined, words, rest: [...before, ...args.slice(start + words.length)] };
}
