/** cancelOnAbort cancels a call when the signal fires; call what it returns when the call is over. */
export function cancelOnAbort(signal: AbortSignal | undefined, call: { cancel(): void }): () => void {
  if (signal === undefined) return () => undefined;
  const cancel = (): void => call.cancel();
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  // Signals may live for the whole process: a listener that stayed would be a leak.
  return () => signal.removeEventListener('abort', cancel);
}
