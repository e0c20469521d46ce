import type { Expression } from './ast.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code, type Machine } from '../runtime/machine.js';
import { importData } from '../runtime/data.js';
import { typeOf } from '../runtime/value.js';

type Access = Extract<Expression, { kind: 'index' | 'field' | 'call' }>;

/** isParams says whether an expression is the object `params` itself. */
export function isParams(node: Expression): boolean {
  return node.kind === 'name' && node.name === 'params';
}

/** callParams compiles `params['x']`, `params.x` and `params.f(..)`: all are calls of the scope, with string arguments. */
export function callParams(node: Access, generate: (node: Expression) => Code): Code {
  if (node.kind === 'field') return hostCall('get', [() => node.name], node.at);
  if (node.kind === 'index') return hostCall('get', [generate(node.index)], node.at);
  return hostCall(node.name, node.args.map(generate), node.at);
}

function hostCall(fn: string, args: readonly Code[], at: number): Code {
  return (machine) => {
    burn(machine, 1);
    const texts = args.map((arg) => textArgument(fn, arg, at, machine));
    machine.at = at;
    return importData(machine, machine.scope.call(fn, texts));
  };
}

function textArgument(fn: string, arg: Code, at: number, machine: Machine): string {
  const value = arg(machine);
  if (typeof value === 'string') return value;
  throw new Fault('type', `params.${fn} takes STRING arguments, not ${typeOf(value)}`, at);
}
