import { type EndStatus, statusCode } from '../call/status.ts';

/** Lets an operator stop the daemon from taking calls, without ending it. This replica only, and forgotten at its end. */
export interface StopSwitch {
  readonly isStopped: boolean;
  stop(): void;
  start(): void;
}

/** A switch that lets calls through. */
export function createStopSwitch(): StopSwitch {
  let isStopped = false;
  return {
    get isStopped() {
      return isStopped;
    },
    stop() {
      isStopped = true;
    },
    start() {
      isStopped = false;
    },
  };
}

/** The answer to calls while the switch is off (daemon.md 4.0). */
export const stoppedStatus: EndStatus = {
  code: statusCode.unavailable,
  message: 'No requests are currently being processed, please try again later',
};
