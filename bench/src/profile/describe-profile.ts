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
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    /** From 0. */
    readonly lineNumber: number;
  };
}

const TOP = 25;

/** describeProfile words where the time went: by place (own code, each library, Node), then the dearest functions. */
export function describeProfile(profile: CpuProfile, readSource: ReadSource): string {
  const byFunction = new Map<string, number>();
  const byPlace = new Map<string, number>();
  const source = sourceOf(readSource);
  const micros = selfTimes(profile);
  for (const { id, callFrame } of profile.nodes) {
    const self = micros.get(id) ?? 0;
    if (self === 0 || callFrame.functionName === '(idle)') continue;
    const place = source(callFrame.url, callFrame.lineNumber);
    add(byFunction, `${callFrame.functionName || '(anonymous)'}  ${place.file}`, self);
    add(byPlace, place.owner, self);
  }
  const total = sum(byPlace);
  const idle = Math.max(0, sum(micros) - total);
  return [
    `busy ${seconds(total)} s, idle ${seconds(idle)} s; self time by place:`,
    ...rows(byPlace, total, TOP),
    `self time by function, the first ${TOP}:`,
    ...rows(byFunction, total, TOP),
  ].join('\n');
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

function sum(map: ReadonlyMap<unknown, number>): number {
  return [...map.values()].reduce((total, value) => total + value, 0);
}

function rows(map: ReadonlyMap<string, number>, total: number, count: number): string[] {
  return [...map]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, value]) => `  ${((100 * value) / total).toFixed(1).padStart(5)} %  ${seconds(value)} s  ${name}`);
}

function seconds(micros: number): string {
  return (micros / 1e6).toFixed(2);
}
