import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import type { Compiler } from '@maestro/sel';
import { CELL, NOTHING, type Job } from '../messages.js';

/**
 * expressionsOf lists the expressions of a job with the path of each, in an order that both threads arrive at by themselves:
 * the number of the one under evaluation is all that is left of a worker that had to be ended.
 */
export function expressionsOf(job: Job): readonly Expression[] {
  if (job.kind === 'conditions') return job.conditions;
  if (job.kind === 'expression') return [job];
  if (job.kind === 'check') return [];
  if (job.kind === 'dry-run') return expressionsBelow('workflow.params.', job.workflow.params ?? {});
  return expressionsBelow('', { ...job.defaults, ...job.definitions });
}

export interface Expression {
  readonly path: string;
  readonly text: string;
}

/** expressionsBelow lists the expressions of definitions; their paths begin with `prefix`. */
export function expressionsBelow(prefix: string, definitions: ParamDefinitions): Expression[] {
  return Object.entries(definitions).flatMap(([name, definition]) => expressionsIn(`${prefix}${name}`, definition));
}

function expressionsIn(path: string, definition: ParamDefinition): Expression[] {
  const { expression, validator } = definition;
  const own = [expression, validator].flatMap((text) => (typeof text === 'string' ? [{ path, text }] : []));
  if (definition.type !== 'MAP' || definition.value === undefined) return own;
  const inner = Object.entries(definition.value).flatMap(([key, child]) => expressionsIn(`${path}.${key}`, child));
  return [...own, ...inner];
}

/** watchedCompiler notes in shared memory which expression is being evaluated; where one throws, the note stays. */
export function watchedCompiler(compiler: Compiler, expressions: readonly Expression[], cells: Int32Array): Compiler {
  const numbers = new Map(expressions.map(({ text }, index) => [text, index]));
  Atomics.store(cells, CELL.current, NOTHING);
  return {
    compile(text) {
      const compiled = compiler.compile(text);
      const number = numbers.get(text) ?? NOTHING;
      return {
        ...compiled,
        code: (machine) => {
          const before = Atomics.exchange(cells, CELL.current, number);
          const value = compiled.code(machine);
          Atomics.store(cells, CELL.current, before);
          return value;
        },
      };
    },
  };
}
