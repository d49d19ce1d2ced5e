/** How much of what a program says is kept. */
const maxLineCharacters = 1000;
const maxLines = 100;

/**
 * Cuts what a program writes to its standard error into lines for the log: none longer than 1000
 * characters, at most 100 for a call, then how many were left out.
 */
export class Lines {
  readonly #onLine: (line: string) => void;
  #rest = '';
  #count = 0;
  readonly #decoder = new TextDecoder();

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    // What is too long for a line is not kept either.
    this.#rest = (lines.pop() ?? '').slice(0, maxLineCharacters + 1);
    for (const line of lines) this.#tell(line);
  }

  end(): void {
    if (this.#rest !== '') this.#tell(this.#rest);
    this.#rest = '';
    if (this.#count > maxLines) this.#onLine(`${this.#count - maxLines} more lines`);
  }

  #tell(line: string): void {
    const text = line.trimEnd();
    if (text === '' || ++this.#count > maxLines) return;
    this.#onLine(
      text.length <= maxLineCharacters ? text : `${text.slice(0, maxLineCharacters)}...`,
    );
  }
}
