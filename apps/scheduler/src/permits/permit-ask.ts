import { isTerminalStep, type AttemptKey, type Millis } from '@maestro/domain';
import type { Command, RunChange, RunHeader, RunState } from '@maestro/engine';
import type { Batch } from '../commit/batch.js';
import type { NewRun, RunWork } from '../commit/work.js';
import type { PermitAsk, SeedTag, TagKey } from '../rows/permit-rows.js';
import { tagKey } from './tag-key.js';

/** permitAskOf is what a batch needs to know of permits; undefined: they have nothing to do with it, as nearly always. */
export function permitAskOf(batch: Batch): PermitAsk | undefined {
  const found = new Found();
  for (const work of batch.runs) found.addRun(work);
  for (const { run } of batch.starts) found.addNew(run);
  return found.ask(batch.at);
}

/** releasedBy are the attempts with permits that end by a change. */
export function releasedBy(before: RunState, change: RunChange | undefined): AttemptKey[] {
  const { runKey } = before.header;
  return (change?.steps ?? []).flatMap(({ ordinal, attempt, status, permits }) =>
    permits === undefined || !isTerminalStep(status) ? [] : [{ runKey, ordinal, attempt }],
  );
}

class Found {
  private readonly tags = new Map<string, TagKey>();
  private readonly seeds = new Map<string, SeedTag>();
  private readonly released: AttemptKey[] = [];
  private requests = 0;

  addRun({ record: { state }, decision, iterations }: RunWork): void {
    const { change, commands } = decision;
    this.released.push(...releasedBy(state, change));
    for (const { status, permits = [] } of change?.steps ?? [])
      if (isTerminalStep(status)) for (const name of permits) this.addTag({ tenant: state.header.tenant, name });
    this.addCommands(state.header, commands);
    for (const run of iterations) this.addNew(run);
  }

  addNew({ launch, iterations }: NewRun): void {
    this.addCommands(launch.queued, launch.decision.commands);
    for (const run of iterations) this.addNew(run);
  }

  ask(at: Millis): PermitAsk | undefined {
    const { released, requests } = this;
    if (released.length + requests === 0) return undefined;
    return { at, tags: [...this.tags.values()], seeds: [...this.seeds.values()], released, requests };
  }

  private addCommands({ tenant }: RunHeader, commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.type !== 'request-permits') continue;
      this.requests += 1;
      for (const { name, limit } of command.tags) {
        this.addTag({ tenant, name });
        if (limit !== undefined) this.seeds.set(tagKey({ tenant, name }), { tenant, name, limit });
      }
    }
  }

  private addTag(tag: TagKey): void {
    this.tags.set(tagKey(tag), tag);
  }
}
