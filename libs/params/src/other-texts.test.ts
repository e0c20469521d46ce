import type { SignalDependency } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { evaluateSignalDependency, interpolateAll, interpolateTags, type ParamScope } from './index.js';

const scope: ParamScope = {
  workflowParams: {
    team: { definition: { type: 'STRING', value: 'data' }, evaluatedResult: 'data' },
    day: { definition: { type: 'LONG', value: 20260101n }, evaluatedResult: 20260101n },
  },
};

describe('interpolateAll', () => {
  it('fills references in and names every text in which one is missing', () => {
    expect(interpolateAll(['$team@x.org', 'y@x.org'], scope, 'emails')).toEqual({
      kind: 'value',
      value: ['data@x.org', 'y@x.org'],
    });
    expect(interpolateAll(['$a', '$team', '${b}'], scope, 'emails')).toMatchObject({
      violations: [{ path: 'emails[0]' }, { path: 'emails[2]', unknownName: 'b' }],
    });
  });
});

describe('interpolateTags', () => {
  it('keeps what else a tag holds, and tags of one name once', () => {
    const tags = [{ name: 'team-$team', namespace: 'USER_DEFINED' }, { name: 'team-data' }, { name: 'x' }] as const;
    expect(interpolateTags(tags, scope)).toEqual({ kind: 'value', value: [{ name: 'team-data' }, { name: 'x' }] });
    expect(interpolateTags([{ name: '$nobody' }], scope)).toMatchObject({ violations: [{ path: 'tags[0]' }] });
  });
});

describe('evaluateSignalDependency', () => {
  const evaluate = (dependency: SignalDependency) =>
    evaluateSignalDependency({
      dependency,
      scope,
      compiler: createCompiler({ cacheSize: 5 }),
      limits: PRESETS.IN_PLACE,
      at: 0,
      path: 'signal_dependencies[0]',
    });

  it('evaluates the name and the values', () => {
    const matchParams = {
      day: { param: { type: 'LONG', expression: 'day + 1' }, operator: '>=' },
      table: { param: { type: 'STRING', value: '${team}/t' }, operator: '=' },
    } as const;
    expect(evaluate({ name: 'ready-$team', matchParams })).toEqual({
      kind: 'value',
      value: {
        name: 'ready-data',
        matchParams: { day: { value: 20260102n, operator: '>=' }, table: { value: 'data/t', operator: '=' } },
      },
    });
  });

  it('says where it is wrong', () => {
    const matchParams = { day: { param: { type: 'LONG', expression: 'nothing' }, operator: '=' } } as const;
    expect(evaluate({ name: 's', matchParams })).toMatchObject({
      violations: [{ path: 'signal_dependencies[0].match_params.day', unknownName: 'nothing' }],
    });
    expect(evaluate({ name: '$x' })).toMatchObject({ violations: [{ path: 'signal_dependencies[0].name' }] });
  });
});
