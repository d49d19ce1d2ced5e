import type { MessageInitShape } from '@bufbuild/protobuf';
import type { SummariseReplySchema } from '../gen/text/v1/text_service_pb.ts';
import { detectLanguage } from './detect-language.ts';

const maxFrequentWords = 5;
const minFrequentWordLength = 4;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Counts characters, words and sentences of the joined pieces, and finds their language. */
export function summariseText(
  pieces: readonly string[],
): MessageInitShape<typeof SummariseReplySchema> {
  const text = pieces.join('');
  const found = [...words.segment(text)].filter((part) => part.isWordLike === true);
  return {
    pieces: pieces.length,
    characters: count(characters.segment(text)),
    words: BigInt(found.length),
    sentences: count(sentences.segment(text)),
    detection: detectLanguage(text),
    frequentWords: findFrequentWords(found.map((part) => part.segment.toLowerCase())),
  };
}

function count(segments: Iterable<unknown>): bigint {
  let total = 0n;
  for (const _ of segments) total += 1n;
  return total;
}

function findFrequentWords(all: readonly string[]) {
  const counts = new Map<string, bigint>();
  for (const word of all) {
    if (word.length < minFrequentWordLength) continue;
    counts.set(word, (counts.get(word) ?? 0n) + 1n);
  }
  return [...counts]
    .map(([word, times]) => ({ word, count: times }))
    .sort((a, b) => Number(b.count - a.count) || (a.word < b.word ? -1 : 1))
    .slice(0, maxFrequentWords);
}
