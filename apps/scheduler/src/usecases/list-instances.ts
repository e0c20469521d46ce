import type { Plan } from '@maestro/engine';
import type { Page, PageAsk } from '@maestro/service';
import type { DefinitionStore } from '../ports/definition-store.js';
import { planOfRun } from '../ports/plan-of-run.js';
import type { ListFilter, RunReader, RunSummary } from '../ports/run-reader.js';

export interface ListInstancesDeps {
  readonly reader: Pick<RunReader, 'list'>;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
}

/** ListedRun is a run of a list and its version; the version is absent where it cannot be had. */
export interface ListedRun {
  readonly run: RunSummary;
  readonly plan: Plan | undefined;
}

/** listInstances reads one page; a version that cannot be read takes nothing from the list but the totals of its runs. */
export async function listInstances(
  { reader, definitions }: ListInstancesDeps,
  filter: ListFilter,
  ask: PageAsk,
): Promise<Page<ListedRun>> {
  const page = await reader.list(filter, ask);
  const items = await Promise.all(
    page.items.map(async (run): Promise<ListedRun> => {
      return { run, plan: await planOfRun(definitions, run.header).catch(() => undefined) };
    }),
  );
  return { ...page, items };
}
