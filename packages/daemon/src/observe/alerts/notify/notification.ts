import { post } from '../../delivery/post.ts';
import type { Notifier, Origin } from '../notifiers.ts';

/**
 * The official way (daemon.md 8.4): a service that sends mail. Its JSON is sent as it is, where the
 * official daemon sends a JSON string with the base64 of it.
 */
export function createNotification(options: {
  url: string;
  recipient: string;
  origin: Origin;
}): Notifier {
  const { url, recipient, origin } = options;
  return {
    name: 'notification',
    notify({ title, lines, state, at }, signal) {
      const body = JSON.stringify({
        component_id: origin.daemonId,
        timestamp: at.toISOString(),
        recipient,
        message: title,
        details: lines.join('\n'),
        component: 'Daemon',
        type: state === 'raised' ? 'ERROR' : 'INFO',
        level: state === 'raised' ? 'ERROR' : 'INFO',
      });
      return post(url, { body, signal });
    },
  };
}
