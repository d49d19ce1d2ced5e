/** What kind of trouble an error is; it decides the exit code of a command. */
export type ErrorClass =
  | 'usage'
  | 'config'
  | 'network'
  | 'chain'
  | 'payment'
  | 'content'
  | 'store'
  | 'internal';
