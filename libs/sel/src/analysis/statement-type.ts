import { suggestion } from '@maestro/domain';
import type { Expression, Statement, StatementShape } from '../language/ast.js';
import { declaredType } from '../language/names.js';
import { CLASS_NAMES } from '../library/registry.js';
import { checkAssigned } from './assignment-type.js';
import { literalBoolean, type Check } from './check.js';
import { expressionType, requireBoolean } from './expression-type.js';
import { isArray, type StaticType } from './static-type.js';
import { changedBy } from './variables.js';

type Of<Kind extends StatementShape['kind']> = Extract<StatementShape, { kind: Kind }>;

/** Way says how a statement goes on. */
export interface Way {
  /** Nothing behind it is reached. */
  readonly ends: boolean;
  /** The value of a statement that is an expression, or a block that ends in one. */
  readonly value: StaticType;
}

const ON: Way = { ends: false, value: 'VOID' };
const END: Way = { ends: true, value: 'VOID' };

/** listWay checks statements one after the other, as far as they can be reached. */
export function listWay(check: Check, statements: readonly Statement[]): Way {
  let way = ON;
  for (const statement of statements) {
    way = statementWay(check, statement);
    if (way.ends) return way;
  }
  return way;
}

function statementWay(check: Check, statement: Statement): Way {
  if (check.mayHaveEnded) check.findings.certain = false;
  switch (statement.kind) {
    case 'expression':
      return { ends: false, value: expressionType(check, statement.expression) };
    case 'return':
      check.returned.push(expressionType(check, statement.expression));
      return END;
    case 'throw':
      return throwWay(check, statement);
    case 'declare':
      return declareWay(check, statement);
    case 'block':
      return listWay(check, statement.body);
    case 'if':
      return ifWay(check, statement);
    case 'while':
      return roundsWay(check, statement);
    case 'for':
      if (statement.init !== undefined) statementWay(check, statement.init);
      return roundsWay(check, statement);
    default:
      return END;
  }
}

function throwWay(check: Check, { expression }: Of<'throw'>): Way {
  const type = expressionType(check, expression);
  if (type !== 'STRING' && type !== 'UNKNOWN') {
    check.findings.add(expression.at, { kind: 'type', message: `\`throw\` needs a STRING, not ${type}` });
  }
  return END;
}

function declareWay(check: Check, { type: written, declarators, at }: Statement & Of<'declare'>): Way {
  const type = declaredType(written);
  if (type === undefined || type === 'EMPTY_ARRAY') {
    const name = written.array ? `${written.name}[]` : written.name;
    check.findings.add(at, {
      kind: 'type',
      message: `there is no type ${name}${suggestion(written.name, CLASS_NAMES)}`,
    });
    return END;
  }
  for (const { name, at: place, value } of declarators) {
    if (value !== undefined) {
      checkAssigned(check.findings, { name, required: type, type: expressionType(check, value), at: place });
    }
    const isNull = value === undefined && !HAS_DEFAULT.has(type) && !isArray(type);
    check.variables.assign(name, isNull ? 'UNKNOWN' : type);
  }
  return ON;
}

/** Without a value these are 0 or false, arrays are empty, and all others are NULL. */
const HAS_DEFAULT: ReadonlySet<StaticType> = new Set<StaticType>(['LONG', 'DOUBLE', 'BOOLEAN']);

function ifWay(check: Check, { test, then, otherwise }: Of<'if'>): Way {
  requireBoolean(check, expressionType(check, test), 'if', test.at);
  const known = literalBoolean(test);
  if (known !== undefined) return taken(check, known ? then : otherwise);
  const before = check.variables;
  const [left, right] = [before.branch(), before.branch()];
  check.variables = left;
  const first = check.findings.perhaps(() => taken(check, then));
  check.variables = right;
  const second = check.findings.perhaps(() => taken(check, otherwise));
  check.variables = before;
  if (first.ends && second.ends) return END;
  if (first.ends || second.ends) check.mayHaveEnded = true;
  if (second.ends) before.take(left);
  else if (first.ends) before.take(right);
  else before.takeEither(left, right);
  return ON;
}

function taken(check: Check, statement: Statement | undefined): Way {
  return statement === undefined ? ON : { ...statementWay(check, statement), value: 'VOID' };
}

/** A loop that assigns a variable is taken to have at least one round. */
function roundsWay(check: Check, loop: Of<'while'> | Of<'for'>): Way {
  const update = loop.kind === 'for' ? loop.update : undefined;
  const outside = check.variables;
  const changed = changedBy({ body: loop.body, test: loop.test, update }, outside);
  const inside = outside.branch();
  for (const name of changed) {
    inside.set(name, { type: 'UNKNOWN', assigned: outside.get(name)?.assigned ?? false });
  }
  check.variables = inside;
  if (loop.test !== undefined) requireBoolean(check, expressionType(check, loop.test), loop.kind, loop.test.at);
  const isNeverRun = loop.test !== undefined && literalBoolean(loop.test) === false;
  if (!isNeverRun) runRounds(check, loop.body, update);
  check.variables = outside;
  if (isNeverRun) outside.take(inside);
  else for (const name of changed) outside.assign(name, 'UNKNOWN');
  return ON;
}

function runRounds(check: Check, body: Statement, update: Expression | undefined): void {
  const returns = check.returned.length;
  const { ends } = check.findings.perhaps(() => statementWay(check, body));
  if (update !== undefined) check.findings.perhaps(() => expressionType(check, update));
  if (ends || check.returned.length > returns) check.mayHaveEnded = true;
}
