/** DispatchNumbers are what tasks, cancels and reports have in common: which dispatch of which attempt. */
export interface DispatchNumbers {
  readonly runKey: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** dispatchKey is one dispatch of one attempt as the key of a map. */
export function dispatchKey({ runKey, ordinal, attempt, dispatch }: DispatchNumbers): string {
  return `${runKey}-${ordinal}-${attempt}-${dispatch}`;
}
