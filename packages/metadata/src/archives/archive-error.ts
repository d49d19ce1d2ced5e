import { BaseError, type BaseErrorOptions } from '@snetkit/core';

/** The error of an archive that is damaged or holds what does not belong there. */
export function archiveInvalid(message: string, options: BaseErrorOptions = {}): BaseError {
  return new BaseError('ARCHIVE_INVALID', message, options);
}

/** The error of an archive beyond a limit. */
export function archiveTooLarge(limit: string, options: BaseErrorOptions = {}): BaseError {
  return new BaseError('ARCHIVE_TOO_LARGE', `The proto archive has more than ${limit}.`, options);
}
