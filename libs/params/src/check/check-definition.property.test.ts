import type { ParamDefinition, ParamDefinitions, Step, Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import fc from 'fast-check';
import { evaluateParams } from '../evaluate-params.js';
import type { ParamScope } from '../scope.js';
import { allProblems } from './all-problems.js';

const compiler = createCompiler({ cacheSize: 100 });

const name = fc.constantFrom('a', 'b', 'c', 'd', 'RUN_DATE', 'one__x', 'two__y');
const atom = fc.oneof(name, fc.constantFrom('1', "'t'", 'true', '2.5'));
const source = fc.oneof(
  atom,
  fc
    .tuple(atom, fc.constantFrom('+', '==', '&&', '<'), atom)
    .map(([left, operator, right]) => `${left} ${operator} ${right}`),
  fc.tuple(atom, atom, atom).map(([test, left, right]) => `${test} ? ${left} : ${right}`),
  fc.tuple(atom, atom).map(([test, value]) => `if (${test} == null) { y = ${value}; } return y;`),
  fc.tuple(atom, atom).map(([first, second]) => `x = ${first}; x + ${second}`),
  fc
    .tuple(atom, atom)
    .map(([first, second]) => `for (int i = 0; i < 2; i += 1) { if (${first} == 't') return ${second}; } 1`),
);
const definition = fc.oneof(
  source.map((expression): ParamDefinition => ({ type: 'STRING', expression })),
  name.map((each): ParamDefinition => ({ type: 'STRING', value: `for \${${each}}` })),
  fc.bigInt({ min: 0n, max: 9n }).map((value): ParamDefinition => ({ type: 'LONG', value })),
);
const params = fc.dictionary(fc.constantFrom('a', 'b', 'c'), definition, { maxKeys: 3 });

/** A run as far as names go: `two` runs after `one`. */
const workflows = fc
  .tuple(
    params,
    fc.dictionary(fc.constantFrom('x', 'a'), definition),
    fc.dictionary(fc.constantFrom('y', 'd'), definition),
  )
  .map(([own, one, two]): Workflow => {
    const steps: Step[] = [
      { kind: 'step', type: 'NoOp', id: 'one', params: one, transition: { successors: { two: 'true' } } },
      { kind: 'step', type: 'NoOp', id: 'two', params: two },
    ];
    return { id: 'w', params: own, steps };
  });

interface Evaluated {
  readonly unknown: readonly (string | undefined)[];
  readonly values: NonNullable<ParamScope['workflowParams']>;
}

function evaluated(definitions: ParamDefinitions, scope: ParamScope): Evaluated {
  const outcome = evaluateParams({ definitions, scope, compiler, limits: PRESETS.IN_PLACE, at: 0 });
  if (outcome.kind === 'values') return { unknown: [], values: outcome.params };
  const violations = outcome.kind === 'error' ? outcome.violations : [];
  return { unknown: violations.map(({ unknownName }) => unknownName).filter((each) => each !== undefined), values: {} };
}

const DAY = { definition: { type: 'STRING', value: '20220101' }, evaluatedResult: '20220101' } as const;

function unknownNames({ params: own = {}, steps }: Workflow): readonly unknown[] {
  const isStep = (id: string): boolean => id === 'one' || id === 'two';
  const run = evaluated({ RUN_DATE: DAY.definition, ...own }, {});
  const [one, two] = steps;
  const around = { workflowParams: { RUN_DATE: DAY, ...run.values }, isStep };
  const first = evaluated(one?.params ?? {}, { ...around, stepId: 'one' });
  const stepParam = (_: string, param: string) => first.values[param]?.evaluatedResult;
  const second = evaluated(two?.params ?? {}, { ...around, stepId: 'two', stepParam });
  return [...run.unknown, ...first.unknown, ...second.unknown];
}

test('what validates without a problem never fails because of a name that is not known', () => {
  let clean = 0;
  fc.assert(
    fc.property(workflows, (workflow) => {
      if (allProblems({ workflow, defaultsOf: () => ({}) }).length > 0) return;
      clean += 1;
      expect(unknownNames(workflow)).toEqual([]);
    }),
    { numRuns: 1_500 },
  );
  expect(clean).toBeGreaterThan(50);
});
