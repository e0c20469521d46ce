import type { MessagePort } from 'node:worker_threads';
import { validatePushRequest } from '@maestro/dsl';
import { evaluateCondition, evaluateParams } from '@maestro/params';
import type { Compiler } from '@maestro/sel';
import type { Job, Reply } from '../messages.js';
import { askedScope } from './asked-scope.js';
import { evaluateBare } from '../evaluate-bare.js';
import { environmentOf } from '../environment.js';
import { dryRun } from './dry-run.js';
import { expressionsOf, watchedCompiler } from './watched-compiler.js';

/** Tools are what a worker has for all its jobs. */
export interface Tools {
  readonly compiler: Compiler;
  readonly asking: MessagePort;
  readonly cells: Int32Array;
}

/** perform does one job; what is thrown on the way is a defect. */
export function perform(tools: Tools, job: Job): Reply {
  if (job.kind === 'check') {
    const { request, content, workerTypes = [] } = job;
    return { kind: 'check', violations: validatePushRequest(request, { content, workerTypes }) };
  }
  if (job.kind === 'dry-run') return { kind: 'dry-run', outcome: dryRun(tools, job) };
  const { limits, at } = job;
  const environment = environmentOf(job);
  const compiler = watchedCompiler(tools.compiler, expressionsOf(job), tools.cells);
  if (job.kind === 'expression') return { kind: 'expression', outcome: evaluateBare(job, compiler, environment) };
  const scope = askedScope(job.scope, tools.asking, tools.cells);
  if (job.kind === 'params') {
    const { definitions, defaults } = job;
    return {
      kind: 'params',
      outcome: evaluateParams({ definitions, defaults, scope, compiler, limits, at, environment }),
    };
  }
  const outcomes = job.conditions.map(({ text, path }) =>
    evaluateCondition(text, scope, { compiler, limits, path, environment }),
  );
  return { kind: 'conditions', outcomes };
}
