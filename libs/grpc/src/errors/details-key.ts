/** Trailer that carries a google.rpc.Status (https://grpc.io/docs/guides/error/#richer-error-model). */
export const STATUS_DETAILS_KEY = 'grpc-status-details-bin';

/** ErrorInfo.domain of our own errors: only then is ErrorInfo.reason one of ERROR_CODES. */
export const ERROR_DOMAIN = 'maestro.dev';

/** ErrorInfo.metadata key that says how many violations did not fit into the trailer. */
export const OMITTED_VIOLATIONS_KEY = 'violations_omitted';

/** positionKey is the ErrorInfo.metadata key of the position (`line:column`) of the violation with that index. */
export function positionKey(index: number): string {
  return `violations[${String(index)}].position`;
}

/** withinKey is the ErrorInfo.metadata key of where in the text at its path (`line:column`) a violation lies. */
export function withinKey(index: number): string {
  return `violations[${String(index)}].within`;
}
