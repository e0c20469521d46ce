import type { ParamDefinitions, Workflow } from '@maestro/domain';
import { dryRun } from './dry-run.js';

function violations(
  params: ParamDefinitions,
  more: Partial<Workflow> = {},
): readonly { path: string; message: string }[] {
  try {
    dryRun({ workflow: { id: 'w', steps: [], params, ...more } });
    return [];
  } catch (error) {
    return (error as { violations: { path: string; message: string }[] }).violations;
  }
}

test('params that refer to each other and to those of the system are evaluated', () => {
  const params: ParamDefinitions = {
    sum: { type: 'LONG', expression: 'count + 1' },
    count: { type: 'LONG', value: 2n },
    day: { type: 'STRING', value: '${RUN_DATE}-${sum}' },
    kind: { type: 'STRING', expression: "params.getFromInstance('INITIATOR_TYPE')" },
  };
  expect(violations(params)).toEqual([]);
});

test('a cycle, a wrong type and an unknown name are found at the push', () => {
  const params: ParamDefinitions = {
    a: { type: 'STRING', value: '${b}' },
    b: { type: 'STRING', value: '${a}' },
    flag: { type: 'BOOLEAN', expression: '1 + 1' },
    typo: { type: 'STRING', value: '${nothing}' },
  };
  const paths = violations(params).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['workflow.params.flag', 'workflow.params.typo']));
  expect(paths.some((path) => /params\.[ab]$/.test(path))).toBe(true);
});

test('what a start brings is not missed', () => {
  const params: ParamDefinitions = {
    given: { type: 'STRING' },
    text: { type: 'STRING', value: 'for ${given}' },
    sum: { type: 'STRING', expression: 'given + 1' },
  };
  expect(violations(params)).toEqual([]);
});

test('what the expression language cannot do yet is no fault of the definition', () => {
  const params: ParamDefinitions = { id: { type: 'LONG', expression: 'params.nextUniqueId()' } };
  expect(violations(params)).toEqual([]);
});

test('a timeout that stands for no duration is found', () => {
  const params: ParamDefinitions = { wait: { type: 'STRING', value: 'soon' } };
  expect(violations(params, { timeout: '${wait}' })).toMatchObject([{ path: 'workflow.timeout' }]);
});
