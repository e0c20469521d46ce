import { sourceOf, type ReadSource } from './source-of.js';

/** CpuProfile is a V8 CPU profile (the .cpuprofile format of the Chrome DevTools protocol). */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** Ids of nodes, one a sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  /** Ids of what was called from here. */
  readonly children?: readonly number[];
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    /** From 0. */
    readonly lineNumber: number;
  };
}

const TOP = 25;

/**
 * describeProfile words where the time went: by place (own code, each library, Node), the dearest functions by themselves,
 * and our own functions with all that they call.
 */
export function describeProfile(profile: CpuProfile, readSource: ReadSource): string {
  const nodes = namedNodes(profile, readSource);
  const busy = nodes.filter(({ name }) => name !== IDLE);
  const total = busy.reduce((sum, { self }) => sum + self, 0);
  const idle = nodes.reduce((sum, { self }) => sum + self, 0) - total;
  return [
    `busy ${seconds(total)} s, idle ${seconds(idle)} s; self time by place:`,
    ...rows(
      sumBy(busy, ({ owner }) => owner),
      total,
    ),
    `self time by function, the first ${TOP}:`,
    ...rows(
      sumBy(busy, ({ name }) => name),
      total,
    ),
    `our own functions with all that they call, the first ${TOP}:`,
    ...rows(inclusive(nodes), total),
  ].join('\n');
}

/** NamedNode is a node of the call tree with its name for people. */
interface NamedNode {
  readonly id: number;
  readonly name: string;
  readonly owner: string;
  /** Microseconds in the function itself. */
  readonly self: number;
  readonly children: readonly number[];
}

const IDLE = '(idle)';
const OURS = /^(?:libs|apps)\//;

function namedNodes(profile: CpuProfile, readSource: ReadSource): NamedNode[] {
  const source = sourceOf(readSource);
  const micros = selfTimes(profile);
  return profile.nodes.map(({ id, children = [], callFrame: { functionName, url, lineNumber } }) => {
    const { owner, file } = source(url, lineNumber);
    const name = `${functionName || '(anonymous)'}  ${file}`.trim();
    return { id, name, owner, self: micros.get(id) ?? 0, children };
  });
}

/** A function that calls itself is counted once. */
function inclusive(nodes: readonly NamedNode[]): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const totals = new Map<string, number>();
  const visit = (node: NamedNode, above: ReadonlySet<string>): void => {
    const path = OURS.test(node.owner) ? new Set([...above, node.name]) : above;
    if (node.self > 0) for (const name of path) add(totals, name, node.self);
    for (const child of node.children) {
      const next = byId.get(child);
      if (next !== undefined) visit(next, path);
    }
  };
  const called = new Set(nodes.flatMap(({ children }) => children));
  for (const root of nodes.filter(({ id }) => !called.has(id))) visit(root, new Set());
  return totals;
}

function sumBy(nodes: readonly NamedNode[], key: (node: NamedNode) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const node of nodes) add(sums, key(node), node.self);
  return sums;
}

function selfTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const micros = new Map<number, number>();
  // The time until the next sample belongs to this one.
  samples.forEach((id, index) => add(micros, id, timeDeltas[index + 1] ?? 0));
  return micros;
}

function add<K>(map: Map<K, number>, key: K, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}

function rows(map: ReadonlyMap<string, number>, total: number): string[] {
  return [...map]
    .filter(([, value]) => value > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([name, value]) => `  ${((100 * value) / total).toFixed(1).padStart(5)} %  ${seconds(value)} s  ${name}`);
}

function seconds(micros: number): string {
  return (micros / 1e6).toFixed(2);
}
