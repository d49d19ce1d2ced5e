import { type EndStatus, statusCode } from '../call/status.ts';

/**
 * The gate that every call passes, in memory. The switch that operators move is the group's, in its
 * store; `group/group-watch.ts` carries it here.
 */
export interface StopSwitch {
  readonly isStopped: boolean;
  set(isStopped: boolean): void;
}

/** A switch that lets calls through. */
export function createStopSwitch(): StopSwitch {
  let isStopped = false;
  return {
    get isStopped() {
      return isStopped;
    },
    set(next) {
      isStopped = next;
    },
  };
}

/** The answer to calls while the switch is off (daemon.md 4.0). */
export const stoppedStatus: EndStatus = {
  code: statusCode.unavailable,
  message: 'No requests are currently being processed, please try again later',
};
