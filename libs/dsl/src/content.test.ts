import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaestroError, type FieldViolation } from '@maestro/domain';
import { locateViolations, parsePushRequest, type ContentChecks, type DefinitionFormat } from './index.js';

function violations(text: string, format: DefinitionFormat, content: ContentChecks = 'all'): readonly FieldViolation[] {
  try {
    parsePushRequest(text, format, { content });
    return [];
  } catch (error) {
    if (error instanceof MaestroError) return error.violations;
    throw error;
  }
}

const places = (found: readonly FieldViolation[]): readonly string[] =>
  found.map(({ path, line, column, message }) => `${path} ${String(line)}:${String(column)} ${message}`);

test('all mistakes of a file are found at once, each where it is written', () => {
  const text = `workflow:
  id: bad
  params:
    first:
      type: LONG
      expression: "1 +\\n coutn"
    second:
      type: STRING
      value: 'it''s \${nope}'
    third:
      type: LONG
      expression: |
        int x = 1;
        x + flag.size();
    flag: { type: BOOLEAN, expression: 1 + 1 }
  steps:
    - foreach:
        id: loop
        params: { loop_params: { type: MAP, value: { i: { type: LONG_ARRAY, value: [1] } } } }
        steps:
          - step:
              id: job
              type: NoOp
              timeout: \${limit}
              params: { sum: { type: LONG, expression: i + j2 } }
              transition: { successors: { nobody: "true" } }
`;
  expect(places(violations(text, 'yaml'))).toEqual([
    'workflow.params.first 6:26 unknown name coutn: it is no param of this workflow',
    'workflow.params.second 9:21 unknown name nope: it is no param of this workflow',
    'workflow.params.third 14:18 BOOLEAN has no method size with 0 argument(s)',
    'workflow.params.flag 15:40 is expected to be a BOOLEAN but its expression gives a LONG',
    'workflow.steps[0].foreach.steps[0].step.timeout 24:24 unknown name limit: it is no param of this step or workflow',
    'workflow.steps[0].foreach.steps[0].step.params.sum 25:60 unknown name j2: it is no param of this step or workflow',
    'workflow.steps[0].foreach.steps[0].step.transition.successors.nobody 26:43 there is no step "nobody" beside this one',
  ]);
});

test('JSON and the DSL have the places of their own texts', () => {
  const json =
    '{"workflow":{"id":"w","params":{"a":{"type":"LONG","expression":"\\"x\\" - b1"}},"steps":[{"step":{"id":"s","type":"NoOp"}}]}}';
  expect(places(violations(json, 'json'))).toEqual([
    'workflow.params.a 1:72 cannot apply `-` to STRING and UNKNOWN',
    'workflow.params.a 1:74 unknown name b1: it is no param of this workflow',
  ]);
  const dsl =
    'Workflow:\n  id: w\n  "!a<long>": 1 + b1\n  jobs:\n    - job:\n        id: s\n        type: NoOp\n        text: for $nope\n';
  expect(places(violations(dsl, 'yaml'))).toEqual([
    'Workflow["!a<long>"] 3:19 unknown name b1: it is no param of this workflow',
    'Workflow.jobs[0].job.text 8:19 unknown name nope: it is no param of this step or workflow',
  ]);
});

test('a push refuses only what no run can get by', () => {
  const text =
    'workflow: {id: w, params: {a: {type: LONG, expression: nope}}, steps: [{step: {id: s, type: NoOp, params: {b: {type: LONG, expression: given}}}}]}';
  expect(violations(text, 'yaml', 'certain').map(({ path }) => path)).toEqual(['workflow.params.a']);
  expect(violations(text, 'yaml', 'all')).toHaveLength(2);
  expect(violations(text, 'yaml', 'none')).toEqual([]);
});

test('what was found elsewhere is placed by its path', () => {
  const text = 'workflow:\n  id: w\n  params:\n    a: { type: LONG, expression: x + 1 }\n  steps: []\n';
  const found = { path: 'workflow.params.a', message: 'm', within: { line: 1, column: 3 } };
  const excerpt = 'x + 1\n  ^';
  expect(locateViolations([found], text, 'yaml')).toEqual([{ ...found, excerpt, line: 4, column: 36 }]);
});

const SAMPLES = join(__dirname, '../fixtures/samples');
const samples = readdirSync(SAMPLES).filter((name) => name.endsWith('.json'));

test.each(samples)('the sample %s has no mistake', (name) => {
  expect(violations(readFileSync(join(SAMPLES, name), 'utf8'), 'json', 'all')).toEqual([]);
});

const REQUESTS = join(__dirname, '../fixtures/model/workflows/request');
const requests = readdirSync(REQUESTS).filter((name) => !name.includes('invalid'));

test.each(requests)('the request %s may be pushed', (name) => {
  expect(places(violations(readFileSync(join(REQUESTS, name), 'utf8'), 'json', 'certain'))).toEqual(
    places(violations(readFileSync(join(REQUESTS, name), 'utf8'), 'json', 'none')),
  );
});
