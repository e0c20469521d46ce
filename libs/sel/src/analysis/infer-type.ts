import type { Expression, Program } from '../language/ast.js';
import { isParams } from '../language/params-object.js';
import { literalText, type Check } from './check.js';
import type { TypeEnvironment } from './environment.js';
import { expressionType } from './expression-type.js';
import { Findings, type Finding } from './finding.js';
import type { StaticType } from './static-type.js';
import { parts } from './walk.js';

/** Inference is what a check found out about a program. */
export interface Inference {
  /** Of its result. */
  readonly type: StaticType;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Names of the environment that are read, also by `params.get`; whether every evaluation reads them. */
  readonly reads: ReadonlyMap<string, boolean>;
}

/** inferType checks a program without running it: what it takes for wrong fails when it runs. */
export function inferType(program: Program, environment: TypeEnvironment): Inference {
  const check: Check = {
    environment,
    findings: new Findings(),
    guarded: new Set(program.flatMap(({ expression }) => guards(expression))),
    reads: new Map(),
    variables: new Map(),
  };
  const type = programType(check, program);
  return { type, findings: [...check.findings.list].sort((left, right) => left.at - right.at), reads: check.reads };
}

function programType(check: Check, program: Program): StaticType {
  let type: StaticType = 'VOID';
  for (const { kind, expression } of program) {
    type = expressionType(check, expression);
    if (kind === 'return') return type;
  }
  return type;
}

/** Names in `params.containsKey('name')`. */
function guards(node: Expression): readonly string[] {
  const inside = parts(node).flatMap(guards);
  if (node.kind !== 'call' || node.name !== 'containsKey' || !isParams(node.object)) return inside;
  const [name] = node.args.map(literalText);
  return name === undefined ? inside : [...inside, name];
}
