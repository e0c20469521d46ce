/**
 * CERTAIN_AFTER_MILLIS after its dispatch an attempt that nobody has claimed cannot be running: an executor starts a fresh
 * delivery without a claim only within 2 s of the dispatch, claims what runs for 1 s, and stops what it was not granted within
 * 4 s more; it looks twice a second, and the rest is margin.
 */
export const CERTAIN_AFTER_MILLIS = 10_000;

/** CANCEL_REPEAT_MILLIS is how often a cancel is sent again until the end of the attempt is known. */
export const CANCEL_REPEAT_MILLIS = 2_000;

/** CHILDREN_REPEAT_MILLIS is how often runs below a step are told again to stop. */
export const CHILDREN_REPEAT_MILLIS = 10_000;

/** START_REPEAT_MILLIS is how long the start of a run below may take before it counts as lost and is asked for again. */
export const START_REPEAT_MILLIS = 5_000;

/** EVALUATION_REPEAT_MILLIS is how long an evaluation may take before it counts as lost and is asked for again. */
export const EVALUATION_REPEAT_MILLIS = 150_000;

/** TRANSITION_BUDGET is how many status changes one decision may make before it lets other runs have their turn. */
export const TRANSITION_BUDGET = 1_000;
