import type { Alert } from '../alert.ts';
import type { Origin } from '../notifiers.ts';

/** One line that names the daemon and what it is about. */
export function formatSubject({ title }: Alert, { organizationId, serviceId }: Origin): string {
  return `snetd ${organizationId}/${serviceId}: ${title}`;
}

/** An alert as a person reads it. */
export function formatText(alert: Alert & { readonly at: Date }, origin: Origin): string {
  const { lines, hint, at } = alert;
  const parts = [
    formatSubject(alert, origin),
    lines.join('\n'),
    hint,
    `${at.toISOString()}, daemon ${origin.daemonId.slice(0, 12)}, ${origin.version}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
