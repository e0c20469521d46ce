/** Requests under way at a time. */
const IN_FLIGHT = 8;

/** inFlight does something with each item, several at a time. */
export async function inFlight<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}
