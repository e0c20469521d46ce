/** Limits of the definition model; values are those of Netflix Maestro. */
export const MAX_DEFINITION_BYTES = 256 * 1024;
export const MAX_STEPS = 300;
export const MAX_ID_LENGTH = 128;
export const MAX_NAME_LENGTH = 256;
export const MAX_TEXT_LENGTH = 16_384;
export const MAX_RUN_PARAMS = 128;
/** MAX_PARAMS_CHARS is the size of the JSON of a run's or step's evaluated params. */
export const MAX_PARAMS_CHARS = 750_000;
export const MAX_CONCURRENCY = 1_000;
export const MAX_INSTANCE_STEP_CONCURRENCY = 999;
export const MAX_FOREACH_CONCURRENCY = 500;
export const MAX_LOOP_ITERATIONS = 25_000;
export const MAX_DEPTH = 10;
export const MAX_RETRIES = 99;
export const MAX_RETRY_WAIT_SECS = 24 * 3600;
export const DEFAULT_TIMEOUT_SECS = 10 * 24 * 3600;
export const MAX_TIMEOUT_SECS = 120 * 24 * 3600;
export const MAX_TRIGGER_SIGNALS = 8;
export const MAX_PAGE_SIZE = 200;
/** MAX_BODY_BYTES bounds every request body that is not a definition. */
export const MAX_BODY_BYTES = 1024 * 1024;
