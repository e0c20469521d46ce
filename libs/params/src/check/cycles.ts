import { SEPARATOR } from '../step-reference.js';
import type { ParamsToCheck } from './check-params.js';
import { below, type DefinitionProblem } from './problem.js';

type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * cycleProblems finds params that cannot be evaluated because each of them waits for another one. A name that the workflow
 * has too is no such reference: there it is read (spec 2.5).
 */
export function cycleProblems(reads: Reads, request: ParamsToCheck): readonly DefinitionProblem[] {
  const edges = new Map([...reads].map(([name, each]) => [name, [...each].flatMap((read) => ownRead(read, request))]));
  const done = new Set<string>();
  const problems: DefinitionProblem[] = [];
  for (const name of edges.keys()) {
    const cycle = cycleFrom(name, edges, done);
    const [first] = cycle;
    if (first === undefined) continue;
    const message = `contains a cyclic reference chain: ${[...cycle, first].join(' -> ')}`;
    problems.push({ path: below(request.path, first), message, certain: true });
  }
  return problems;
}

function ownRead(read: string, { definitions, place: { step, workflow } }: ParamsToCheck): readonly string[] {
  const prefix = step === undefined ? undefined : step.id + SEPARATOR;
  const isOwn = prefix !== undefined && read.startsWith(prefix);
  const name = isOwn ? read.slice(prefix.length) : read;
  const isElsewhere = !isOwn && step !== undefined && workflow.has(name);
  return Object.hasOwn(definitions, name) && !isElsewhere ? [name] : [];
}

type Edges = ReadonlyMap<string, readonly string[]>;

/** Depth first, with a stack of its own: a chain may be as long as a definition. `done` are names that need no second look. */
function cycleFrom(start: string, edges: Edges, done: Set<string>): readonly string[] {
  const way: { readonly name: string; readonly rest: string[] }[] = [];
  const enter = (name: string): void => {
    way.push({ name, rest: [...(edges.get(name) ?? [])] });
  };
  if (!done.has(start)) enter(start);
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const next = top.rest.shift();
    if (next === undefined) {
      done.add(top.name);
      way.pop();
      continue;
    }
    const at = way.findIndex(({ name }) => name === next);
    if (at >= 0) {
      const cycle = way.slice(at).map(({ name }) => name);
      for (const { name } of way) done.add(name);
      return cycle;
    }
    if (!done.has(next)) enter(next);
  }
  return [];
}
