import { subjectPath, type RunReference } from '@maestro/alerting';
import type { Params } from '@maestro/domain';
import type { RunFacts, Runs, RunSpan, StepFacts } from '../ports/runs.js';

/** ScriptedRuns answers for the scheduler what a test has said. */
export class ScriptedRuns implements Runs {
  readonly runsByPath = new Map<string, RunFacts>();
  readonly stepsByPath = new Map<string, StepFacts>();
  readonly succeeded: RunSpan[] = [];

  /** runs: a run is under way. */
  runs(run: RunReference, facts: Partial<RunFacts> = {}): void {
    this.runsByPath.set(subjectPath(run), {
      run,
      status: 'IN_PROGRESS',
      params: {},
      runTs: Date.now(),
      timezone: 'UTC',
      startTime: Date.now(),
      ...facts,
    });
  }

  has(run: RunReference, step: StepFacts): void {
    this.stepsByPath.set(subjectPath({ ...run, stepId: step.stepId }), step);
  }

  async run(run: RunReference): Promise<RunFacts | undefined> {
    return this.runsByPath.get(subjectPath(run));
  }

  async step(run: RunReference, stepId: string): Promise<StepFacts | undefined> {
    return this.stepsByPath.get(subjectPath({ ...run, stepId }));
  }

  async steps(run: RunReference): Promise<readonly StepFacts[]> {
    const prefix = `${subjectPath(run)}/`;
    return [...this.stepsByPath].flatMap(([path, step]) => (path.startsWith(prefix) ? [step] : []));
  }

  async successes(): Promise<readonly RunSpan[]> {
    return this.succeeded;
  }

  async latest(): Promise<RunFacts | undefined> {
    return [...this.runsByPath.values()].at(-1);
  }
}

/** textParams are params of a run that are texts. */
export function textParams(values: Readonly<Record<string, string>>): Params {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { definition: { type: 'STRING', value }, evaluatedResult: value, evaluatedTime: 1 },
    ]),
  );
}
