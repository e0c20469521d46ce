import type { Program } from '../language/ast.js';
import { isParams } from '../language/params-object.js';
import { literalText, type Check } from './check.js';
import type { TypeEnvironment } from './environment.js';
import { Findings, type Finding } from './finding.js';
import { listWay } from './statement-type.js';
import { join, type StaticType } from './static-type.js';
import { Variables } from './variables.js';
import { walk } from './walk.js';

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
    guarded: guards(program),
    reads: new Map(),
    variables: new Variables(),
    returned: [],
    mayHaveEnded: false,
  };
  const { ends, value } = listWay(check, program);
  const types = ends ? check.returned : [...check.returned, value];
  const type = types.length === 0 ? 'UNKNOWN' : types.reduce(join);
  const findings = [...check.findings.list].sort((left, right) => left.at - right.at);
  return { type, findings, reads: check.reads };
}

/** Names in `params.containsKey('name')`: the expression expects that they may be missing. */
function guards(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  walk(program, {
    expression: (node) => {
      if (node.kind !== 'call' || node.name !== 'containsKey' || !isParams(node.object)) return;
      const [name] = node.args.map(literalText);
      if (name !== undefined) names.add(name);
    },
  });
  return names;
}
