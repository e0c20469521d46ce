import { MaestroError, type FieldViolation } from '@maestro/domain';
import { parsePushRequest, type DefinitionFormat, type ReadOptions } from './index.js';

function refused(text: string, format: DefinitionFormat, options?: ReadOptions): MaestroError {
  try {
    parsePushRequest(text, format, options);
  } catch (error) {
    if (error instanceof MaestroError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const violations = (text: string, format: DefinitionFormat = 'json'): readonly FieldViolation[] =>
  refused(text, format).violations;

const places = (text: string, format: DefinitionFormat = 'json'): string[] =>
  violations(text, format).map(({ path, line, column }) => `${line}:${column} ${path}`);

const workflow = (members: string): string => `{"workflow": {"id": "w", ${members}}}`;
const step = (members: string): string => workflow(`"steps": [{"step": {"id": "a", "type": "NoOp", ${members}}}]`);
const messages = (text: string): string[] => violations(text).map(({ path, message }) => `${path}: ${message}`);

describe('what is wrong with a definition', () => {
  test('is named all at once, from top to bottom, with path, line and column', () => {
    const text = `{
  "workflow": {
    "id": "w w",
    "timeout": "5 parsecs",
    "stepz": [],
    "steps": [
      { "step": { "id": "a", "type": "NoOp", "transition": { "successors": { "c": "true" } } } },
      { "foreach": { "id": "a", "concurrency": true, "params": {}, "steps": [] } }
    ]
  }
}`;
    expect(places(text)).toEqual([
      '3:5 workflow.id',
      '4:5 workflow.timeout',
      '5:5 workflow.stepz',
      '7:78 workflow.steps[0].step.transition.successors.c',
      '8:22 workflow.steps[1].foreach.id',
      '8:33 workflow.steps[1].foreach.concurrency',
      '8:54 workflow.steps[1].foreach.params.loop_params',
      '8:68 workflow.steps[1].foreach.steps',
    ]);
  });

  test('is in the message, too: the first violation and how many more there are', () => {
    const error = refused(workflow('"timeout": "soon", "criticality": "huge", "steps": []'), 'json');
    expect(error.code).toBe('INVALID_DEFINITION');
    expect(error.message).toMatch(
      /^the definition is not valid: workflow\.timeout: "soon" is not a duration .* \(and 2 more\)$/,
    );
  });

  test('has a place in YAML of the plain model as well', () => {
    expect(places('workflow:\n  id: w\n  steps:\n    - step:\n        id: a\n        type: No Op\n', 'yaml')).toEqual([
      '6:9 workflow.steps[0].step.type',
    ]);
  });

  test('is not repeated for what follows from an unreadable part', () => {
    expect(
      messages(
        workflow(
          '"steps": [{"stepp": {"id": "b"}}, {"step": {"id": "a", "type": "NoOp", "transition": {"successors": {"b": "true"}}}}]',
        ),
      ),
    ).toEqual([
      'workflow.steps[0]: "stepp" is not a kind of step (step, subworkflow, foreach, while, template); did you mean "step"?',
    ]);
  });
});

describe('a document is refused', () => {
  test.each<[string, DefinitionFormat, string]>([
    ['{"workflow": ', 'json', "Object value expected after ':'"],
    ['{"workflow": {"id": 1, "id": 2}}', 'json', 'Duplicate key'],
    ['workflow: {id: 1, id: 2}', 'yaml', 'the key "id" is written twice'],
    ['workflow:\n\t- x', 'yaml', 'Tabs'],
  ])('when it is no document: %s', (text, format, message) => {
    const [first] = violations(text, format);
    expect(first?.message).toContain(message);
    expect(first?.line).toBeGreaterThan(0);
  });

  test('when it is larger than 256 KB, counted in bytes', () => {
    const padded = (characters: string): string => step(`"description": "${characters}"`);
    expect(refused(padded('x'.repeat(256 * 1024)), 'json')).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
    expect(refused(padded('€'.repeat(90 * 1024)), 'json')).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
  });

  test('when its aliases unfold without end', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
      );
    expect(violations(bomb.join('\n'), 'yaml')[0]?.message).toBe('aliases unfold to too many values');
  });

  test('when it is nested too deeply', () => {
    expect(violations(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)[0]?.message).toBe('is nested too deeply');
    expect(violations(`${'['.repeat(1_000)}${']'.repeat(1_000)}`, 'yaml')[0]?.message).toBe('is nested too deeply');
  });

  test('when its root is no object', () => {
    expect(messages('[]')).toEqual([': expected an object, not a list']);
  });
});

describe('values', () => {
  test('keep 64 bits and every digit', () => {
    const request = parsePushRequest(
      workflow(
        '"params": {"l": {"type": "LONG", "value": 9223372036854775807}, "d": {"type": "DOUBLE", "value": 0.10000000000000000000001}}, "steps": [{"step": {"id": "a", "type": "NoOp"}}]',
      ),
      'json',
    );
    expect(request.workflow.params).toEqual({
      l: { type: 'LONG', value: 9223372036854775807n },
      d: { type: 'DOUBLE', value: '0.10000000000000000000001' },
    });
  });

  test('of params keep their order, whatever their names', () => {
    const names = ['z', 'b', 'a', '_1'];
    const params = names.map((name) => `"${name}": {"type": "LONG", "value": 1}`).join(', ');
    const request = parsePushRequest(step(`"params": {${params}}`), 'json');
    expect(Object.keys(request.workflow.steps[0]?.params ?? {})).toEqual(names);
  });

  test.each([
    ['{"x": null}', 'params.x: must not be null'],
    [
      '{"x": {"type": "LONG", "value": null}}',
      'params.x.value: must not be null; leave the key out for a param without a value',
    ],
    ['{"x": {"type": "LONG", "value": 9223372036854775808}}', 'params.x.value: does not fit into 64 bits'],
    ['{"x": {"type": "LONG", "value": 1.5}}', 'params.x.value: expected a whole number, not a decimal number'],
    ['{"x": {"type": "STRING", "value": 5}}', 'params.x.value: expected text, not a whole number'],
    ['{"x": {"type": "STRING_ARRAY", "value": ["a", 5]}}', 'params.x.value[1]: expected text, not a whole number'],
    [
      '{"x": {"type": "LONG", "value": 1, "expression": "1"}}',
      'params.x: has both a value and an expression; keep one of them',
    ],
    ['{"x": {"value": 1}}', 'params.x.type: is required'],
    ['{"x": {"type": "STRNG", "value": "a"}}', /^params\.x\.type: "STRNG" is not one of .*; did you mean "STRING"\?$/],
    [
      '{"x": {"type": "MAP", "value": {"y": {"type": "BOOLEAN", "value": "no"}}}}',
      'params.x.value.y.value: expected true or false, not text',
    ],
    [
      '{"a__b": {"type": "LONG"}}',
      'params.a__b: "a__b" must not contain "__", which joins a step and its param in references',
    ],
    [
      '{"x": {"type": "MAP", "value": {"__proto__": {"type": "LONG"}}}}',
      'params.x.value.__proto__: is not a possible name',
    ],
  ])('of params are checked: %s', (params, expected) => {
    const prefix = 'workflow.steps[0].step.';
    expect(messages(step(`"params": ${params}`)).map((each) => each.replace(prefix, ''))).toEqual([
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    ]);
  });

  test('of null mean "not given" outside params', () => {
    expect(parsePushRequest(step('"timeout": null'), 'json').workflow.steps[0]).toEqual({
      kind: 'step',
      id: 'a',
      type: 'NoOp',
    });
  });
});

describe('step types', () => {
  const typed = (type: string): string => workflow(`"steps": [{"step": {"id": "a", "type": "${type}"}}]`);

  test('are spelled in any case, and kept in the canonical one', () => {
    expect(parsePushRequest(typed('noop'), 'json').workflow.steps[0]).toMatchObject({ type: 'NoOp' });
  });

  test('must be known or may be those of workers, and the known ones can be given', () => {
    expect(parsePushRequest(typed('train@2'), 'json').workflow.steps[0]).toMatchObject({ type: 'train@2' });
    expect(messages(typed('Sle p'))[0]).toMatch(
      /^workflow\.steps\[0\]\.step\.type: "Sle p" is not a step type \(.*NoOp.*\); did you mean "Sleep"\?$/,
    );
    const options = { knownStepTypes: new Set(['Robot']) };
    expect(parsePushRequest(typed('robot'), 'json', options).workflow.steps[0]).toMatchObject({ type: 'Robot' });
    expect(refused(typed('NoOp'), 'json', options).violations).toHaveLength(1);
  });

  test('check their params at push', () => {
    expect(messages(typed('Http'))).toEqual([
      'workflow.steps[0].step.params.http: is required: give a MAP as value or expression',
    ]);
  });
});

test('a definition of 300 steps is read in a few milliseconds', () => {
  const steps = Array.from({ length: 300 }, (_, i) => ({
    step: {
      id: `job.${i}`,
      type: 'NoOp',
      timeout: '2h',
      transition: i < 299 ? { successors: { [`job.${i + 1}`]: 'true' } } : {},
    },
  }));
  const text = JSON.stringify({ workflow: { id: 'w', steps } });
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    parsePushRequest(text, 'json');
    return performance.now() - start;
  });
  // Ten times what it takes, so that a busy machine does not matter and a quadratic step does.
  expect(Math.min(...times)).toBeLessThan(30);
});
