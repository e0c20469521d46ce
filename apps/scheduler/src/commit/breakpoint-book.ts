import type { WorkflowKey } from '@maestro/domain';
import { NO_BREAKPOINTS, type Breakpoint } from '@maestro/engine';
import type { StoredBreakpoint } from '../ports/breakpoint-store.js';

/** BreakpointBook is this replica's copy of all breakpoints, by workflow: a workflow without any costs one look-up. */
export class BreakpointBook {
  private byWorkflow: ReadonlyMap<WorkflowKey, readonly Breakpoint[]> = new Map();
  private reading: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly readAll: () => Promise<readonly StoredBreakpoint[]>) {}

  of(workflowKey: WorkflowKey): readonly Breakpoint[] {
    return this.byWorkflow.get(workflowKey) ?? NO_BREAKPOINTS;
  }

  /** reload resolves when all that was committed before the call is known here; of calls during a read one further read serves all. */
  reload(): Promise<void> {
    if (this.reading === undefined) return this.read();
    this.next ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.read();
      });
    return this.next;
  }

  private read(): Promise<void> {
    this.reading = this.readAll()
      .then((all) => {
        this.byWorkflow = grouped(all);
      })
      .finally(() => {
        this.reading = undefined;
      });
    return this.reading;
  }
}

function grouped(all: readonly StoredBreakpoint[]): ReadonlyMap<WorkflowKey, readonly Breakpoint[]> {
  const byWorkflow = new Map<WorkflowKey, Breakpoint[]>();
  for (const breakpoint of all) {
    const known = byWorkflow.get(breakpoint.workflowKey);
    if (known === undefined) byWorkflow.set(breakpoint.workflowKey, [breakpoint]);
    else known.push(breakpoint);
  }
  return byWorkflow;
}
