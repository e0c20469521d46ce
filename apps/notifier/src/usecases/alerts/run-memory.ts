import { subjectPath, type RunReference } from '@maestro/alerting';
import type { RunFacts, Runs } from '../../ports/runs.js';

/** RunMemory reads each run once, for events that were heard together. */
export class RunMemory {
  private readonly read = new Map<string, Promise<RunFacts | undefined>>();

  constructor(private readonly runs: Runs) {}

  of(run: RunReference): Promise<RunFacts | undefined> {
    const path = subjectPath(run);
    const reading = this.read.get(path) ?? this.runs.run(run);
    this.read.set(path, reading);
    return reading;
  }
}
