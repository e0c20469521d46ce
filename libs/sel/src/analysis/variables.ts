import type { Expression, Statement } from '../language/ast.js';
import { isElement, join, type StaticType } from './static-type.js';
import { walk } from './walk.js';

/** Variable is what is known of a variable of the expression. */
export interface Variable {
  readonly type: StaticType;
  /** Whatever way was taken, it has been assigned. */
  readonly assigned: boolean;
}

/** Variables are those at one place, by name; they live until the end of the program (spec 7.5). */
export type Variables = ReadonlyMap<string, Variable>;

/** withVariable is the variables after an assignment. */
export function withVariable(variables: Variables, name: string, type: StaticType): Variables {
  return new Map(variables).set(name, { type, assigned: true });
}

/** either is what is known after one of two ways. */
export function either(left: Variables, right: Variables): Variables {
  const names = new Set([...left.keys(), ...right.keys()]);
  return new Map([...names].map((name) => [name, joined(left.get(name), right.get(name))]));
}

function joined(left: Variable | undefined, right: Variable | undefined): Variable {
  if (left === undefined || right === undefined) return { type: 'UNKNOWN', assigned: false };
  return { type: join(left.type, right.type), assigned: left.assigned && right.assigned };
}

/** Rounds is what is known of variables in a loop and behind it. */
export interface Rounds {
  /** At the begin of a round, the first or a later one. */
  readonly before: Variables;
  /** Behind the loop; loops that assign a variable are taken to have at least one round. */
  readonly after: Variables;
}

/** roundsOf widens what a loop changes: nothing is known of it but that it may have been assigned. */
export function roundsOf(
  variables: Variables,
  body: readonly (Statement | undefined)[],
  update: Expression | undefined,
): Rounds {
  const { assigned, declared } = changedIn(update === undefined ? body : [...body, asStatement(update)]);
  const [before, after] = [new Map(variables), new Map(variables)];
  for (const name of new Set([...assigned, ...declared])) {
    const known = variables.get(name);
    // An assignment keeps the type of its variable; a declaration may give it another one.
    if (known?.assigned === true && isElement(known.type) && !declared.has(name)) continue;
    before.set(name, { type: 'UNKNOWN', assigned: known?.assigned ?? false });
    after.set(name, { type: 'UNKNOWN', assigned: true });
  }
  return { before, after };
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
