import type { Expression, Statement } from '../language/ast.js';
import { isElement, join, type StaticType } from './static-type.js';
import { walk } from './walk.js';

/** Variable is what is known of a variable of the expression. */
export interface Variable {
  readonly type: StaticType;
  /** Whatever way was taken, it has been assigned. */
  readonly assigned: boolean;
}

/**
 * Variables are those at one place; they live until the end of the program (spec 7.5). A branch holds only what it changes, so
 * that what branches cost depends on what is written in them.
 */
export class Variables {
  private readonly own = new Map<string, Variable>();

  constructor(private readonly outside?: Variables) {}

  get(name: string): Variable | undefined {
    return this.own.get(name) ?? this.outside?.get(name);
  }

  set(name: string, variable: Variable): void {
    this.own.set(name, variable);
  }

  /** assign is set for a variable that has been assigned, whatever way was taken to here. */
  assign(name: string, type: StaticType): void {
    this.own.set(name, { type, assigned: true });
  }

  /** branch is one of several ways that go on from here. */
  branch(): Variables {
    return new Variables(this);
  }

  /** take goes on behind the only branch that comes back. */
  take(branch: Variables): void {
    for (const [name, variable] of branch.own) this.own.set(name, variable);
  }

  /** takeEither goes on behind two branches of which one was taken. */
  takeEither(left: Variables, right: Variables): void {
    const names = new Set([...left.own.keys(), ...right.own.keys()]);
    const all = [...names].map((name) => [name, joined(left.get(name), right.get(name))] as const);
    for (const [name, variable] of all) this.own.set(name, variable);
  }
}

function joined(left: Variable | undefined, right: Variable | undefined): Variable {
  if (left === undefined || right === undefined) return { type: 'UNKNOWN', assigned: false };
  return { type: join(left.type, right.type), assigned: left.assigned && right.assigned };
}

/** Loop is the parts of a loop that are run again and again. */
export interface Loop {
  readonly body: Statement;
  readonly test?: Expression | undefined;
  readonly update?: Expression | undefined;
}

/**
 * changedBy gives the variables of which nothing is known at the begin of a round but that they may have been assigned. An
 * assignment keeps the type of its variable; a declaration may give it another one.
 */
export function changedBy({ body, test, update }: Loop, variables: Variables): readonly string[] {
  const again = [test, update].filter((part) => part !== undefined).map(asStatement);
  const { assigned, declared } = changedIn([body, ...again]);
  return [...new Set([...assigned, ...declared])].filter((name) => {
    const known = variables.get(name);
    return known?.assigned !== true || !isElement(known.type) || declared.has(name);
  });
}

function asStatement(expression: Expression): Statement {
  return { kind: 'expression', expression, at: expression.at, height: expression.height };
}

interface Changed {
  readonly assigned: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

function changedIn(statements: readonly (Statement | undefined)[]): Changed {
  const [assigned, declared] = [new Set<string>(), new Set<string>()];
  walk(statements, {
    statement: (statement) => {
      if (statement.kind === 'declare') for (const { name } of statement.declarators) declared.add(name);
    },
    expression: (node) => {
      if (node.kind === 'assign') assigned.add(node.name);
    },
  });
  return { assigned, declared };
}
