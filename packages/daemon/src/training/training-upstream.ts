import { statusCode } from '../call/status.ts';
import { endAtOnce } from '../upstreams/ended-call.ts';
import type { Upstream } from '../upstreams/upstream.ts';
import { trainingNotThere } from './not-there.ts';
import { paidTrainingMethods } from './paid-methods.ts';

/**
 * An upstream whose paid calls of training end in the daemon, after their payment was admitted: there is
 * no training yet, so they fail, and what fails is not charged.
 */
export function withTraining(upstream: Upstream): Upstream {
  return {
    open(request, receiver) {
      if (!paidTrainingMethods.has(request.path)) return upstream.open(request, receiver);
      return endAtOnce(receiver, { code: statusCode.unknown, message: trainingNotThere });
    },
    close: () => upstream.close(),
  };
}
