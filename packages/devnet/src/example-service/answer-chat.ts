import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ChatReplySchema } from '../gen/text/v1/text_service_pb.ts';
import { detectLanguage } from './detect-language.ts';

// Kept small on purpose: a language that is not here is answered in English.
const answers: Readonly<Record<string, string>> = {
  da: 'Det er dansk. Fortsæt endelig!',
  de: 'Das ist Deutsch. Erzählen Sie weiter!',
  en: 'That is English. Do go on!',
  es: 'Eso es español. ¡Siga, por favor!',
  fr: 'C’est du français. Continuez, je vous en prie !',
  it: 'Questo è italiano. Continui pure!',
  ja: 'それは日本語ですね。続けてください。',
  nl: 'Dat is Nederlands. Gaat u verder!',
  pl: 'To po polsku. Proszę mówić dalej!',
  pt: 'Isso é português. Continue, por favor!',
  ru: 'Это по-русски. Продолжайте, пожалуйста!',
  sv: 'Det är svenska. Fortsätt gärna!',
};

/** Answers one message of a conversation in the language that it was written in. */
export function answerChat(text: string): MessageInitShape<typeof ChatReplySchema> {
  const language = detectLanguage(text).language;
  const code = language?.code ?? 'und';
  const answer = answers[code] ?? `I can read ${language?.name ?? 'this'}, but answer in English.`;
  return { text: answer, ...(language !== undefined && { language }) };
}
