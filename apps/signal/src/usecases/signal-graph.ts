import { MaestroError } from '@maestro/domain';
import type { Lineage, SignalEdge } from '../ports/lineage.js';

/** SignalGraph is what is upstream and downstream of a workflow through signals. */
export interface SignalGraph {
  /** The one asked for first. */
  readonly workflowIds: readonly string[];
  readonly edges: readonly SignalEdge[];
  readonly truncated: boolean;
}

const DEFAULT_DEPTH = 3;
const MAX_DEPTH = 10;
/** More can be neither drawn nor read. */
const MAX_EDGES = 2_000;

/** signalGraph walks from workflow to workflow, a round a step away. Throws INVALID_REQUEST for a depth that is out of bounds. */
export async function signalGraph(lineage: Lineage, workflowId: string, asked: number): Promise<SignalGraph> {
  const depth = asked === 0 ? DEFAULT_DEPTH : asked;
  if (depth < 1 || depth > MAX_DEPTH) {
    const violations = [{ path: 'depth', message: `must be 1..${MAX_DEPTH}` }];
    throw new MaestroError('INVALID_REQUEST', `The depth of a graph must be 1..${MAX_DEPTH}, not ${depth}.`, {
      violations,
    });
  }
  const known = new Set([workflowId]);
  const edges = new Map<string, SignalEdge>();
  let round = [workflowId];
  for (let step = 0; step < depth && round.length > 0 && edges.size < MAX_EDGES; step += 1) {
    const found = await lineage.edges(round, MAX_EDGES);
    for (const edge of found) edges.set(JSON.stringify(edge), edge);
    round = [...new Set(found.flatMap(({ from, to }) => [from, to]))].filter((id) => id !== '' && !known.has(id));
    for (const id of round) known.add(id);
  }
  const kept = [...edges.values()].slice(0, MAX_EDGES);
  return { workflowIds: [...known], edges: kept, truncated: edges.size >= MAX_EDGES };
}
