import { type EndStatus, statusCode } from '../call/status.ts';

/** The end of a call of a method that the protos of the service do not have. */
export function unknownServiceMethod(path: string): EndStatus {
  return { code: statusCode.unimplemented, message: `unknown method ${path}` };
}

/** The end of a call of a stream at a service that can take one message and give one. */
export function noStreams(path: string, serviceType: string): EndStatus {
  return {
    code: statusCode.unimplemented,
    message: `${path} is a stream, and a service of type ${serviceType} takes one message and gives one`,
  };
}
