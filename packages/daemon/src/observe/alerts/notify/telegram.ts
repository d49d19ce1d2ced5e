import { post } from '../../delivery/post.ts';
import type { Notifier, Origin } from '../notifiers.ts';
import { formatText } from './format-text.ts';

/** Characters that a message may have. */
const maxLength = 4_096;

/** Tells alerts by a bot (`sendMessage` of the Bot API). */
export function createTelegram(options: {
  api: string;
  token: string;
  chat: string;
  origin: Origin;
}): Notifier {
  const { api, token, chat, origin } = options;
  const url = `${api.replace(/\/+$/, '')}/bot${token}/sendMessage`;
  return {
    name: 'telegram',
    notify(alert, signal) {
      const text = formatText(alert, origin).slice(0, maxLength);
      return post(url, { body: JSON.stringify({ chat_id: chat, text }), signal });
    },
  };
}
