import { tokenAbi } from '../gen/token.ts';
import { defineEvents } from './contract-events.ts';
import type { TokenEvent } from './token-event.ts';

/** All events of the token. */
export const tokenEvents = /*#__PURE__*/ defineEvents<TokenEvent>({
  abi: tokenAbi,
  names: ['Transfer', 'Approval', 'Paused', 'Unpaused', 'RoleGranted', 'RoleRevoked'],
});
