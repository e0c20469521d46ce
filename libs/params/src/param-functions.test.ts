import { createCompiler, HostError, PRESETS } from '@maestro/sel';
import { evaluateParams, type ParamFunctionPorts, type ParamScope } from './index.js';

const compiler = createCompiler({ cacheSize: 50 });
let ids = 0n;
const functions: ParamFunctionPorts = {
  triggerParam: (name) => ({ day: 20260101n })[name],
  signalParam: (signal, name) => ({ 'table-ready': { rows: 5n } })[signal]?.[name as 'rows'],
  dependencyParam: (index, name) => (index === 0 && name === 'rows' ? 7n : undefined),
  foreachParam: (loop, step, name) => (`${loop}/${step}/${name}` === 'f/s/x' ? [1n, 0n] : undefined),
  subworkflowParam: (child, step, name) => (`${child}/${step}/${name}` === 'c/s/x' ? 'value' : undefined),
  nextUniqueId: () => (ids += 1n),
  executionEnvironment: () => 'test',
};

function answer(expression: string, scope: ParamScope = { functions }): unknown {
  const definitions = {
    p: { type: 'MAP', expression: `m = new Map(); m.put('v', ${expression}); return m;` },
  } as const;
  const outcome = evaluateParams({ definitions, scope, compiler, limits: PRESETS.IN_PLACE, at: 0 });
  if (outcome.kind === 'values') return (outcome.params['p']?.evaluatedResult as { v: unknown }).v;
  return outcome.kind === 'error' ? outcome.violations[0]?.message : outcome;
}

describe('functions of params', () => {
  it.each<[string, unknown]>([
    ["params.getFromSignal('day')", 20260101n],
    ["params.getFromSignal('table-ready', 'rows')", 5n],
    ['params.getFromSignalOrDefault("table-ready", "rows", "0")', 5n],
    ['params.getFromSignalOrDefault("nothing", "rows", "none")', 'none'],
    ["params.getFromSignalDependency('0', 'rows')", 7n],
    ["params.getFromForeach('f', 's', 'x')", [1n, 0n]],
    ["params.getFromSubworkflow('c', 's', 'x')", 'value'],
    ['params.nextUniqueId() < params.nextUniqueId()', true],
    ['params.getExecutionEnvironment()', 'test'],
  ])('%s answers', (expression, expected) => {
    expect(answer(expression)).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ["params.getFromSignal('night')", /the signal trigger has no param night/],
    ["params.getFromSignal('nothing', 'rows')", /no matched instance of signal nothing has a param rows/],
    ["params.getFromSignalDependency('1', 'rows')", /dependency 1 matched no signal with a param rows/],
    ["params.getFromSignalDependency('-1', 'rows')", /"-1" is no index of a dependency/],
    ["params.getFromForeach('f', 's', 'y')", /foreach step f has no step s with a param y/],
    ["params.getFromSubworkflow('c', 's', 'y')", /the instance of c has no step s with a param y/],
    ["params.getFromForeach('f')", /params has no function getFromForeach with 1 argument\(s\): it takes 3/],
    ['params.getFromNowhere()', /params has no function getFromNowhere/],
  ])('%s is an error that says why', (expression, message) => {
    expect(answer(expression)).toMatch(message);
  });

  it.each<[string, RegExp]>([
    ["params.getFromSignal('day')", /only a run that a signal started/],
    ["params.getFromSignal('s', 'p')", /the signals that a run matched are not known/],
    ["params.getFromSignalDependency('0', 'p')", /only a step that waited for signals/],
    ["params.getFromForeach('f', 's', 'x')", /only a step after a foreach step/],
    ["params.getFromSubworkflow('c', 's', 'x')", /only a step after a subworkflow step/],
    ['params.nextUniqueId()', /ids are given to runs only/],
    ['params.getExecutionEnvironment()', /known to runs only/],
  ])('%s says where it cannot be answered', (expression, message) => {
    expect(answer(expression, {})).toMatch(message);
  });

  it('give the default for a signal whatever keeps it from being read', () => {
    const refuse = (): never => {
      throw new HostError('the signal service is away');
    };
    const call = "params.getFromSignalOrDefault('s', 'p', 'd')";
    expect(answer(call, {})).toBe('d');
    expect(answer(call, { functions: { signalParam: refuse } })).toBe('d');
  });
});

describe('params that every attempt has', () => {
  const scope: ParamScope = {
    stepId: 'me',
    workflowParams: { step_id: { definition: { type: 'STRING', value: 'hidden' }, evaluatedResult: 'hidden' } },
    stepField: (field) => ({ step_id: 'me', step_attempt_id: 2n, step_instance_uuid: 'uuid' })[field],
    instanceField: (field) => (field === 'workflow_instance_id' ? 7n : undefined),
  };

  it('follow from its identity, and win over workflow params of their names', () => {
    expect(
      answer("step_id + '/' + step_attempt_id + '/' + step_instance_uuid + '/' + workflow_instance_id", scope),
    ).toBe('me/2/uuid/7');
    expect(answer('me__step_id', scope)).toBe('me');
  });
});
