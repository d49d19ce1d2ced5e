import { redact } from './redact.ts';

/** A cause as far as it may be shown. */
export interface ErrorCause {
  readonly name?: string;
  readonly code?: string;
  readonly message: string;
  readonly cause?: ErrorCause;
}

/** Causes of causes deeper than this are left out. */
const maxDepth = 5;

/** Text of a cause beyond this is left out: some libraries quote whole requests. */
const maxLength = 1000;

/** Reduces a cause to name, code and redacted message; stacks and own fields may hold secrets. */
export function describeCause(value: unknown, depth = 1): ErrorCause {
  const message = getCauseText(value);
  if (!(value instanceof Error)) return { message };
  const { code } = value as { readonly code?: unknown };
  return {
    name: value.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    message,
    ...(value.cause !== undefined &&
      depth < maxDepth && { cause: describeCause(value.cause, depth + 1) }),
  };
}

/** What a thrown value says, without its secrets. */
export function getCauseText(value: unknown): string {
  const text = redact(getText(value));
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}...`;
}

function getText(value: unknown): string {
  if (value instanceof Error) {
    const { shortMessage } = value as { readonly shortMessage?: unknown };
    return typeof shortMessage === 'string' ? shortMessage : value.message;
  }
  // Other objects may hold anything, and may not even have a text.
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
