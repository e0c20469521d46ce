import type { FieldViolation, WorkerType } from '@maestro/domain';
import { defineStepType } from './define-step-type.js';
import { stepType } from './registry.js';
import type { StepType } from './step-type.js';

/** TypeVersion is a name and, when it is said, a version: `train` or `train@2`. */
export interface TypeVersion {
  readonly name: string;
  readonly version: string | undefined;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const CONTROL_FLOW: ReadonlySet<string> = new Set(['foreach', 'while', 'subworkflow', 'template', 'step']);

/** workerTypeKey is how plans, tasks and queues name one version of a registered type. */
export function workerTypeKey({ name, version }: Pick<WorkerType, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** splitTypeVersion reads what a step's `type` says. */
export function splitTypeVersion(text: string): TypeVersion {
  const at = text.indexOf('@');
  return at === -1 ? { name: text, version: undefined } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** mayBeWorkerType says whether a step's `type` has the form of a registered type and is not built in. */
export function mayBeWorkerType(text: string): boolean {
  const { name, version } = splitTypeVersion(text);
  return stepType(name) === undefined && NAME.test(name) && (version === undefined || VERSION.test(version));
}

/** workerTypeViolations is what is wrong with the name and version of a type that a worker registers. */
export function workerTypeViolations({
  name,
  version,
}: Pick<WorkerType, 'name' | 'version'>): readonly FieldViolation[] {
  const violations: FieldViolation[] = [];
  if (!NAME.test(name)) {
    const message = `"${name}" is no name of a step type: a letter, then letters, digits, "-" and "_", at most 64 in all`;
    violations.push({ path: 'name', message });
  } else if (stepType(name) !== undefined || CONTROL_FLOW.has(name.toLowerCase())) {
    violations.push({ path: 'name', message: `"${name}" is a built-in step type: choose another name` });
  }
  if (!VERSION.test(version)) {
    const message = `"${version}" is no version: letters, digits, ".", "-" and "_", at most 32, the first a letter or a digit`;
    violations.push({ path: 'version', message });
  }
  return violations;
}

/** compareVersions orders versions part by part, numbers as numbers: 1.10 comes after 1.9. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(/[.-]/), b.split(/[.-]/)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareParts(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const bothNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (bothNumbers) return Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b));
  return Number(a > b) - Number(a < b);
}

/** workerStepType is a registered type as everything that reads definitions knows step types: it runs on executors, through a worker. */
export function workerStepType(type: WorkerType): StepType {
  const { doc, params, outputs } = type;
  return defineStepType({ name: workerTypeKey(type), runs: 'executor', doc, defaultParams: params, outputs });
}

/**
 * stepTypesWith finds built-in types and, by what a step's `type` says (in any case), registered ones. `used` gives what each
 * such text stands for.
 */
export function stepTypesWith(used: ReadonlyMap<string, WorkerType>): (name: string) => StepType | undefined {
  if (used.size === 0) return stepType;
  const registered = new Map([...used].map(([written, type]) => [written.toLowerCase(), workerStepType(type)]));
  return (name) => stepType(name) ?? registered.get(name.toLowerCase());
}
