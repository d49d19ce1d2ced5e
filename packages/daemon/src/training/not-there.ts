/** What every method of `training.Daemon` answers where there is no training (daemon.md, section 1). */
export const trainingNotThere =
  'service end point is not defined or is invalid , please contact the AI developer';
