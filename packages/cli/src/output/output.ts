import { styleText } from 'node:util';
import { stringifyPlain } from './stringify-plain.ts';

type Style = Parameters<typeof styleText>[0];

/** Where a command writes. Results go to standard output, everything else to standard error. */
export interface Output {
  /** Standard output is for a program: nothing but JSON is written to it. */
  readonly isJson: boolean;
  /** A person reads standard error. */
  readonly isTerminal: boolean;
  /** Columns of the terminal; 100 when there is none. */
  readonly columns: number;
  /** Writes the result: as one JSON object, or as the text that `format` makes of it. */
  result(value: object, format: () => string): void;
  /** Writes a line of text to standard output, also in JSON mode: one of several results. */
  line(text: string): void;
  /** Writes a line for the person who watches. */
  note(text: string): void;
  /** Shows what is going on, where a person watches; the next line replaces it. */
  status(text: string): void;
  /** Colours text on standard output, if that is a terminal. */
  style(style: Style, text: string): string;
  /** Colours text on standard error, if that is a terminal. */
  noteStyle(style: Style, text: string): string;
}

/** Which streams there are, and what a person wants on them. */
export interface OutputOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly isJson: boolean;
}

/** Makes the output of a command. Colours follow the terminal, and `NO_COLOR`. */
export function createOutput({ stdout, stderr, isJson }: OutputOptions): Output {
  const isTerminal = stderr.isTTY === true;
  // Nobody reads any more (a closed terminal or pipe): the command ends in order, as if it was told to.
  const onClosed = () => process.kill(process.pid, 'SIGTERM');
  for (const stream of new Set([stdout, stderr])) stream.once('error', onClosed);
  for (const stream of new Set([stdout, stderr])) stream.on('error', () => {});
  let hasStatus = false;
  const clearStatus = () => {
    if (hasStatus) stderr.write('\r\u001b[K');
    hasStatus = false;
  };
  const line = (text: string) => {
    clearStatus();
    stdout.write(`${text}\n`);
  };
  return {
    isJson,
    isTerminal,
    columns: stdout.columns ?? 100,
    result: (value, format) => line(isJson ? stringifyPlain(value) : format()),
    line,
    note(text) {
      clearStatus();
      stderr.write(`${text}\n`);
    },
    status(text) {
      if (!isTerminal) return;
      clearStatus();
      // Longer than the terminal is wide, a line could not be taken back.
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      hasStatus = text !== '';
    },
    style: (style, text) => styleText(style, text, { stream: stdout }),
    noteStyle: (style, text) => styleText(style, text, { stream: stderr }),
  };
}
