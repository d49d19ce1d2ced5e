// NOT a language model: rules of a few lines in its place, so that this example needs no key and no
// network. It sees what a model would see, and answers as a model would.
import type { Tool } from './create-tools.ts';

/** What was said so far. */
export interface Message {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly content: string;
}

/** A tool to call, or the last word. */
export type Answer =
  | { readonly tool: string; readonly arguments: Record<string, string> }
  | { readonly text: string };

/** Calls a tool that takes a text, and then says what came out. */
export function askScriptedModel(messages: readonly Message[], tools: readonly Tool[]): Answer {
  const last = messages.at(-1);
  if (last?.role === 'tool') {
    const name = /"name": ?"([^"]+)"/.exec(last.content)?.[1];
    return { text: name === undefined ? 'I could not find out.' : `That is ${name}.` };
  }
  const quoted = /"([^"]+)"/.exec(last?.content ?? '')?.[1];
  const tool = tools.find(({ parameters }) => {
    const { text } = parameters['properties'] as { text?: { type: string } };
    return text?.type === 'string';
  });
  if (quoted === undefined || tool === undefined) return { text: 'I have no tool for that.' };
  return { tool: tool.name, arguments: { text: quoted } };
}
