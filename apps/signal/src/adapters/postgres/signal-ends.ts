import type { Statement } from '@maestro/postgres';

/** SignalEnd is a workflow that announces a signal, or waits for it. */
export interface SignalEnd {
  readonly name: string;
  readonly workflowId: string;
}

/** insertEnds notes who announces or waits for signals; those that are known cost a look into the index. */
export function insertEnds(table: 'signal_producer' | 'signal_consumer', ends: readonly SignalEnd[]): Statement {
  const distinct = [...new Map(ends.map((end) => [JSON.stringify([end.name, end.workflowId]), end])).values()];
  return {
    name: `insert-${table}`,
    text: `insert into ${table} (name, workflow_id) select * from unnest($1::text[], $2::text[]) q (name, workflow_id)
      order by 1, 2 on conflict do nothing`,
    values: [distinct.map(({ name }) => name), distinct.map(({ workflowId }) => workflowId)],
  };
}
