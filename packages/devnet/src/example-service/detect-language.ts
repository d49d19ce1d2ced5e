import type { MessageInitShape } from '@bufbuild/protobuf';
import { eld } from 'eld/extrasmall';
import type { DetectionSchema } from '../gen/text/v1/common/language_pb.ts';

const maxCandidates = 5;
const names = new Intl.DisplayNames('en', { type: 'language' });

/** The language that `text` is written in, with the runners-up; computed in this process from data inside a package. */
export function detectLanguage(text: string): MessageInitShape<typeof DetectionSchema> {
  const result = eld.detect(text);
  const candidates = Object.entries(result.getScores())
    .sort(([, left], [, right]) => right - left)
    .slice(0, maxCandidates)
    .map(([code, score]) => ({ language: toLanguage(code), score }));
  return {
    language: toLanguage(result.language),
    reliable: result.language !== '' && result.isReliable(),
    candidates,
  };
}

function toLanguage(code: string) {
  if (code === '') return { code: 'und', name: 'Unknown' };
  return { code, name: names.of(code) ?? code };
}
