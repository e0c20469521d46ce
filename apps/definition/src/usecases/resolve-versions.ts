import { MaestroError } from '@maestro/domain';
import type { Resolution, WorkflowReads, Wanted } from '../ports/workflow-reads.js';
import { versionNotFound, workflowNotFound } from './not-found.js';
import { parseSelector } from './parse-selector.js';

/** Question is one selector as it was asked. */
export interface Question {
  readonly workflowId: string;
  readonly version: string;
}

/** Resolved is a resolution that names a version. */
export type Resolved = Resolution & { readonly version: bigint };

/** Answer is the resolved version, or why there is none. */
export type Answer = Resolved | MaestroError;

/** resolveVersions answers each question by the pointers as they are now, in order. Questions fail one by one. */
export async function resolveVersions(
  reads: WorkflowReads,
  questions: readonly Question[],
): Promise<readonly Answer[]> {
  const asked = questions.map(askedFor);
  const wanted = asked.filter((each): each is Wanted => !(each instanceof MaestroError));
  const found = (await reads.resolve(wanted))[Symbol.iterator]();
  const answers: Answer[] = [];
  for (const each of asked) {
    answers.push(each instanceof MaestroError ? each : await answer(reads, each, found.next().value));
  }
  return answers;
}

function askedFor({ workflowId, version }: Question): Wanted | MaestroError {
  try {
    return { workflowId, selector: parseSelector(version) };
  } catch (error) {
    if (error instanceof MaestroError) return error;
    throw error;
  }
}

/** Only an unknown id costs a further look: for ids like it. */
async function answer(
  reads: WorkflowReads,
  { workflowId, selector }: Wanted,
  found: Resolution | undefined,
): Promise<Answer> {
  if (found === undefined) return workflowNotFound(reads, workflowId);
  const { version } = found;
  if (version === undefined) return versionNotFound(workflowId, selector, found.latestVersion);
  return { ...found, version };
}
