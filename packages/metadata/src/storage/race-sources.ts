import { BaseError, withDeadline } from '@snetkit/core';
import type {
  CombinedSource,
  ContentRequest,
  ContentSource,
  Delivery,
  Refusal,
} from '../content/content-source.ts';
import { deliver } from '../content/deliver.ts';
import { rootName } from '../content/root-name.ts';

/** Options of {@link raceSources}. */
export interface RaceOptions {
  /**
   * Milliseconds that a source has for itself before the next one is asked as well; 300 unless
   * given, 0 to ask all at once. A source that fails makes place at once.
   */
  readonly hedgeMs?: number | undefined;
  /** Milliseconds that each source has for the whole content; 60 seconds unless given. */
  readonly timeoutMs?: number | undefined;
}

/** What became of one source. */
type Outcome =
  | { readonly delivery: Delivery }
  | { readonly refused: readonly Refusal[]; code: string };

/**
 * Makes one source of several: the first *valid* answer wins, and then the others are cancelled. A
 * source that lies, fails or hangs delays the answer by `hedgeMs` at most.
 *
 * @throws BaseError `CONTENT_SOURCE_MISSING` when there is none; reading throws an error that says
 *   of each source what it did, with the code of all when it is the same, else `CONTENT_UNAVAILABLE`
 * @example
 * ```ts
 * const source = raceSources([
 *   kuboSource({ endpoint: 'http://127.0.0.1:5001' }),
 *   gatewaySource({ endpoint: 'https://ipfs.io' }),
 * ]);
 * ```
 */
export function raceSources(
  sources: readonly ContentSource[],
  options: RaceOptions = {},
): CombinedSource {
  const { hedgeMs = 300, timeoutMs = 60_000 } = options;
  if (sources.length === 0) {
    throw new BaseError('CONTENT_SOURCE_MISSING', 'There is no content source to choose from.');
  }
  return {
    name: [...new Set(sources.map(({ name }) => name))].join(', '),
    async deliver(request) {
      const stop = new AbortController();
      const signal = AbortSignal.any([request.signal, stop.signal]);
      const ask = (source: ContentSource) => tryOne(source, { ...request, signal }, timeoutMs);
      try {
        return await race(
          sources.map((source) => () => ask(source)),
          hedgeMs,
          request,
        );
      } finally {
        stop.abort();
      }
    },
  };
}

async function race(
  starts: readonly (() => Promise<Outcome>)[],
  hedgeMs: number,
  request: ContentRequest,
): Promise<Delivery> {
  const waiting = [...starts];
  const running = new Set<Promise<Outcome>>();
  const refused: Refusal[] = [];
  const codes = new Set<string>();
  for (;;) {
    const start = request.signal.aborted ? undefined : waiting.shift();
    if (start !== undefined) running.add(start());
    if (running.size === 0) throw nobody(request, refused, codes);
    const outcome = await next(running, waiting.length > 0 ? hedgeMs : Number.POSITIVE_INFINITY);
    if (outcome === undefined) continue;
    if ('delivery' in outcome) {
      const { delivery } = outcome;
      return { ...delivery, refused: [...refused, ...delivery.refused] };
    }
    refused.push(...outcome.refused);
    codes.add(outcome.code);
  }
}

/** The first outcome, taken out of those that run; `undefined` when the time is over before. */
async function next(running: Set<Promise<Outcome>>, hedgeMs: number): Promise<Outcome | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = Number.isFinite(hedgeMs) ? setTimeout(resolve, hedgeMs, undefined) : undefined;
  const ends = [...running].map(async (one) => {
    const outcome = await one;
    return { one, outcome };
  });
  try {
    const first = await Promise.race([late, ...ends]);
    if (first === undefined) return undefined;
    running.delete(first.one);
    return first.outcome;
  } finally {
    clearTimeout(timer);
  }
}

async function tryOne(
  source: ContentSource,
  request: ContentRequest,
  timeoutMs: number,
): Promise<Outcome> {
  const what = `Reading ${rootName(request)} from ${source.name}`;
  const { signal } = request;
  try {
    const delivery = await withDeadline({ what, timeoutMs, signal }, (deadline) =>
      deliver(source, { ...request, signal: deadline }),
    );
    return { delivery };
  } catch (error) {
    const { code, shortMessage, found } = BaseError.from(error, 'CONTENT_UNAVAILABLE');
    const message = found === undefined ? shortMessage : `${shortMessage} Found: ${found}`;
    return { code, refused: [{ provider: source.name, code, message }] };
  }
}

function nobody(
  request: ContentRequest,
  refused: readonly Refusal[],
  codes: ReadonlySet<string>,
): BaseError {
  const [code] = codes.size === 1 ? codes : [];
  const providers = new Set(refused.map(({ provider }) => provider)).size;
  return new BaseError(
    (code as BaseError['code'] | undefined) ?? 'CONTENT_UNAVAILABLE',
    `Content of ${rootName(request)} is not to be had from ${providers === 1 ? '1 provider' : `any of ${providers} providers`}.`,
    {
      found: refused.map(describe).join('\n  '),
      hint: 'Check that the providers are reachable and have the content, or add another one.',
    },
  );
}

function describe({ provider, message }: Refusal): string {
  return message.includes(provider) ? message : `${provider}: ${message}`;
}
