import type { Declarator, Expression, Program, Statement, TypeName } from '../language/ast.js';
import { doubleText } from '../runtime/text.js';

/** print writes a program so that parsing it gives the same tree; operands stand in brackets. */
export function print(program: Program): string {
  return program.map(statement).join(' ');
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'expression':
      return `${expression(node.expression)};`;
    case 'return':
    case 'throw':
      return `${node.kind} ${expression(node.expression)};`;
    case 'declare':
      return `${declaration(node.type, node.declarators)};`;
    case 'block':
      return `{ ${print(node.body)} }`;
    case 'break':
    case 'continue':
      return `${node.kind};`;
    default:
      return control(node);
  }
}

function control(node: Extract<Statement, { kind: 'if' | 'while' | 'for' }>): string {
  if (node.kind === 'while') return `while (${expression(node.test)}) ${statement(node.body)}`;
  if (node.kind === 'if') {
    const otherwise = node.otherwise ? ` else ${statement(node.otherwise)}` : '';
    return `if (${expression(node.test)}) ${statement(node.then)}${otherwise}`;
  }
  const init = node.init ? statement(node.init) : ';';
  return `for (${init} ${optional(node.test)}; ${optional(node.update)}) ${statement(node.body)}`;
}

function optional(node: Expression | undefined): string {
  return node ? expression(node) : '';
}

function declaration(type: TypeName, declarators: readonly Declarator[]): string {
  const names = declarators.map(({ name, value }) => (value ? `${name} = ${expression(value)}` : name));
  return `${type.name}${type.array ? '[]' : ''} ${names.join(', ')}`;
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return literal(node.value);
    case 'name':
      return node.name;
    case 'unary':
      return `${node.operator} ${operand(node.operand)}`;
    case 'binary':
    case 'logic':
      return `${operand(node.left)} ${node.operator} ${operand(node.right)}`;
    case 'ternary':
      return `${operand(node.test)} ? ${expression(node.then)} : ${expression(node.otherwise)}`;
    case 'assign':
      return `${node.name}${node.index ? `[${expression(node.index)}]` : ''} ${node.operator} ${expression(node.value)}`;
    default:
      return access(node);
  }
}

type Access = Extract<Expression, { kind: 'index' | 'field' | 'call' | 'new' | 'newArray' | 'arrayLiteral' }>;

function access(node: Access): string {
  switch (node.kind) {
    case 'index':
      return `${operand(node.object)}[${expression(node.index)}]`;
    case 'field':
      return `${operand(node.object)}.${node.name}`;
    case 'call':
      return `${operand(node.object)}.${node.name}(${list(node.args)})`;
    case 'new':
      return `new ${node.className}(${list(node.args)})`;
    case 'newArray':
      return `new ${node.element}[${expression(node.size)}]`;
    case 'arrayLiteral':
      return `new ${node.element}[]{${list(node.items)}}`;
  }
}

function operand(node: Expression): string {
  return node.kind === 'name' ? node.name : `(${expression(node)})`;
}

function list(nodes: readonly Expression[]): string {
  return nodes.map(expression).join(', ');
}

function literal(value: Extract<Expression, { kind: 'literal' }>['value']): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' && Number.isFinite(value) ? doubleText(value) : infinite(value);
}

/** The only way to write an infinite number is one that is too large. */
function infinite(value: Exclude<Extract<Expression, { kind: 'literal' }>['value'], string>): string {
  return value === Infinity ? '1e999' : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function quoted(text: string): string {
  return `'${text.replace(/[\\'\n\r\t\b\f]/g, (char) => (char === '\b' ? '\\b' : (ESCAPES[char] ?? char)))}'`;
}
