/** ScheduleError says which field of a trigger is wrong, and how. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';

  constructor(
    /** In the spelling of definitions: `fuzzy_max_delay`. */
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}
