const SEPARATOR = '#';

/** holderOf names who holds an attempt: an executor in one incarnation. What a former incarnation claimed is not its successor's. */
export function holderOf(executorId: string, incarnation: bigint): string {
  return `${executorId}${SEPARATOR}${String(incarnation)}`;
}

/** executorOf gives the executor of a holder. */
export function executorOf(holder: string): string {
  const end = holder.lastIndexOf(SEPARATOR);
  return end === -1 ? holder : holder.slice(0, end);
}
