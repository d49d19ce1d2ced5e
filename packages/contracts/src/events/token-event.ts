import type { Address, Hex } from '@snetkit/core';
import type { EventPosition } from './escrow-event.ts';

/** Tokens changed hands; from the zero address when they were made, to it when they were destroyed. */
export interface TransferEvent extends EventPosition {
  readonly type: 'Transfer';
  readonly from: Address;
  readonly to: Address;
  /** Cogs. */
  readonly value: bigint;
}

/** Somebody may take tokens of somebody else. */
export interface ApprovalEvent extends EventPosition {
  readonly type: 'Approval';
  readonly owner: Address;
  readonly spender: Address;
  /** Cogs that may be taken from now on. */
  readonly value: bigint;
}

/** Transfers were stopped. */
export interface PausedEvent extends EventPosition {
  readonly type: 'Paused';
  readonly account: Address;
}

/** Transfers are possible again. */
export interface UnpausedEvent extends EventPosition {
  readonly type: 'Unpaused';
  readonly account: Address;
}

/** An account got a role. */
export interface RoleGrantedEvent extends EventPosition {
  readonly type: 'RoleGranted';
  /** 32 bytes, a value of `tokenRoles`. */
  readonly role: Hex;
  readonly account: Address;
  /** Who gave it. */
  readonly sender: Address;
}

/** An account lost a role. */
export interface RoleRevokedEvent extends EventPosition {
  readonly type: 'RoleRevoked';
  /** 32 bytes, a value of `tokenRoles`. */
  readonly role: Hex;
  readonly account: Address;
  /** Who took it: the account itself when it gave the role up. */
  readonly sender: Address;
}

/** Anything that the token reports. */
export type TokenEvent =
  | TransferEvent
  | ApprovalEvent
  | PausedEvent
  | UnpausedEvent
  | RoleGrantedEvent
  | RoleRevokedEvent;
