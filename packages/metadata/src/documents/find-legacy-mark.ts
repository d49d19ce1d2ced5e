import type { JsonValue } from '@snetkit/core';
import { peek } from './peek.ts';
import { peekList } from './peek-list.ts';

/**
 * The pointer of what gives the legacy layout away: before organizations had documents, price and
 * endpoints stood at the top and the payment address in the group (protocol/metadata.md 2). A
 * document with prices inside its groups is a current one, whatever else it has.
 */
export function findLegacyMark(document: JsonValue): string | undefined {
  const groups = peekList(document, 'groups');
  if (groups.some((group) => peek(group, 'pricing') !== undefined)) return undefined;
  if (peek(document, 'pricing') !== undefined) return '/pricing';
  if (peek(document, 'endpoints') !== undefined) return '/endpoints';
  const index = groups.findIndex((group) => peek(group, 'payment_address') !== undefined);
  return index < 0 ? undefined : `/groups/${index}/payment_address`;
}
