/** Every way the product refuses a request; `http/problem.ts` maps each to a status. */
export type AppErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'unknown_format'
  | 'bad_input'
  | 'blind_unacknowledged'
  | 'too_large'
  | 'too_many'
  | 'unavailable'
  | 'not_implemented';

/**
 * A refusal that a person can act on. The message says what is wrong and what to do, in plain text that
 * may be shown as is; `details` holds machine-readable facts (where, which, allowed values).
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: AppErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
