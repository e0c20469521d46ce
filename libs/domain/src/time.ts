/** Millis is an instant: milliseconds since the Unix epoch, UTC. */
export type Millis = number;

/** Seconds is a duration in whole seconds. */
export type Seconds = number;

/**
 * ParsableLong is a non-negative whole number, or text: a number, a duration ("2h 30min") where a duration is meant,
 * or either of them with `${param}` interpolation of workflow params (evaluated when the run starts).
 */
export type ParsableLong = bigint | string;
