export { type DeadlineOptions, withDeadline } from '@snetkit/core';
