/** StepError is an end of an attempt that is not a success. Any other error that a step throws counts as a UserError. */
export class StepError extends Error {
  override name = 'StepError';
}

/** UserError: the step's own fault; retried as often as its policy says for errors. */
export class UserError extends StepError {
  override name = 'UserError';
}

/** PlatformError: the surroundings' fault; retried as often as the policy says for platform errors. */
export class PlatformError extends StepError {
  override name = 'PlatformError';
}

/** FatalError: trying again is of no use. */
export class FatalError extends StepError {
  override name = 'FatalError';
}

/** TimeoutError: something took too long; retried as often as the policy says for timeouts. */
export class TimeoutError extends StepError {
  override name = 'TimeoutError';
}
