import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MaestroError, type Json, type JsonObject } from '@maestro/domain';
import {
  definitionToJson,
  initiatorToJson,
  paramDefinitionsToJson,
  parseJsonText,
  parsePushRequest,
  propertiesToJson,
  readInitiator,
  readParamDefinitions,
  readProperties,
  readPropertiesChange,
  readPushRequest,
  readStartRequest,
  readUser,
  stringifyJson,
  userToJson,
  workflowToYaml,
} from './index.js';

const FIXTURES = join(__dirname, '..', 'fixtures');

const text = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
const json = (name: string): Json => parseJsonText(text(name));
const at = (value: Json | undefined, ...keys: readonly string[]): Json =>
  keys.reduce<Json>((inner, key) => (inner as JsonObject | null)?.[key] ?? null, value ?? null);

function filesIn(folder: string): string[] {
  return readdirSync(join(FIXTURES, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(join(FIXTURES, path)).isDirectory() ? filesIn(path) : [path];
  });
}

function violations(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof MaestroError) return error.violations.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  throw new Error('was accepted');
}

/** What the writer normalises: the case of constants, run strategies, short tags and users, empty objects stay. */
function normalised(value: Json): Json {
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).filter(([, member]) => member !== null && member !== undefined);
  const members = Object.fromEntries(entries.map(([key, member]) => [key, normaliseMember(key, member as Json)]));
  return Object.keys(members).length === 1 && typeof members['name'] === 'string' ? members['name'] : members;
}

const CONSTANTS = ['type', 'mode', 'rule', 'namespace', 'failure_mode', 'criticality', 'severity', 'granularity'];
const STEP_TYPE_CASE: Readonly<Record<string, string>> = { NOTEBOOK: 'Notebook', KUBERNETES: 'Kubernetes' };

function normaliseMember(key: string, value: Json): Json {
  if (CONSTANTS.includes(key) && typeof value === 'string') {
    const upper = value.toUpperCase();
    return STEP_TYPE_CASE[upper] ?? (['NOOP', 'SLEEP'].includes(upper) ? value : upper);
  }
  if (key === 'run_strategy' && typeof value === 'string') {
    const rule = value.toUpperCase();
    return { rule, workflow_concurrency: rule === 'PARALLEL' ? 20n : 1n };
  }
  if (key === 'actions') return (value as readonly string[]).map((action) => action.toUpperCase());
  if (key === 'run_strategy') return { workflow_concurrency: 1n, ...(normalised(value) as JsonObject) };
  if (key === 'successors')
    return Object.fromEntries(
      Object.entries(value as Readonly<Record<string, boolean | string>>).map(([k, v]) => [k, String(v)]),
    );
  return normalised(value);
}

/** Definitions that are refused, and why. */
const REFUSED: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'model/workflows/request/sample-invalid-cron-wf-def.json': [
    'workflow.time_triggers[0].cron: is not a cron expression: the hour 30 is outside 0 to 23',
  ],
  'model/workflows/request/sample-invalid-wf-def.json': [
    'workflow.name: has 260 characters; at most 256 are allowed',
    'workflow.params.$foo: "$foo" may hold letters, digits and . - _ only, and starts with a letter or _',
    'workflow.steps[0].step.id: must not start with "maestro_", which is reserved',
    'workflow.steps[0].step.transition.successors.bar: there is no step "bar" beside this one',
  ],
};

const definitions = [
  ...filesIn('samples'),
  ...filesIn('model/workflows/request'),
  'templates/sample-shell-wf.json',
  'model/alerting/sample-wf-invalid-alerting.json',
];

describe('definitions of the original', () => {
  test.each(definitions.filter((name) => REFUSED[name] === undefined))(
    '%s reads, and reads again as written',
    (name) => {
      const request = parsePushRequest(text(name), name.endsWith('.yaml') ? 'yaml' : 'json');
      const written = definitionToJson(request);
      expect(parsePushRequest(stringifyJson(written), 'json')).toEqual(request);
      expect(parsePushRequest(workflowToYaml(request), 'yaml')).toEqual(request);
      expect(readPushRequest(written)).toEqual(request);
    },
  );

  test.each(definitions.filter((name) => REFUSED[name] === undefined && name.endsWith('.json')))(
    '%s is written as it was sent, but for what is normalised',
    (name) => {
      expect(normalised(definitionToJson(parsePushRequest(text(name), 'json')))).toEqual(normalised(json(name)));
    },
  );

  test.each(Object.entries(REFUSED))('%s is refused for every one of its mistakes', (name, reasons) => {
    expect(violations(() => parsePushRequest(text(name), 'json'))).toEqual(reasons);
  });
});

/** Refused below: its params carry words that the original keeps unread. */
const BAD_PARAMS = 'model/parameters/sample-wf-params.json';

/** Answers of the original to a read of one version: the workflow and properties in them are read as if pushed. */
const versions = [...filesIn('model/workflows/definition'), ...filesIn('model/parameters')].filter((name) => {
  const value = json(name);
  if (name === BAD_PARAMS) return false;
  return typeof at(value, 'workflow', 'id') === 'string' && Array.isArray(at(value, 'workflow', 'steps'));
});

describe('the definition that uses all of the DSL', () => {
  const yaml = text('dsl/sample-dsl-wf-1.yaml');

  test('reads, and reads again as written, where shell and spark are job templates as they were for its authors', () => {
    const options = { knownStepTypes: new Set(['NoOp']) };
    const request = parsePushRequest(yaml, 'yaml', options);
    expect(parsePushRequest(workflowToYaml(request), 'yaml', options)).toEqual(request);
    expect(readPushRequest(definitionToJson(request), options)).toEqual(request);
  });

  test('is refused where Shell is a step type, which requires a script', () => {
    expect(violations(() => parsePushRequest(yaml, 'yaml'))).toEqual([
      'workflow.jobs[1].foreach.jobs[0].while.jobs[0].job.params.script: is required, or "file" with "git_repo": give a STRING as value or expression',
    ]);
  });
});

describe('versions of the original', () => {
  test.each(versions)('the workflow of %s reads and is written as it was', (name) => {
    const workflow = at(json(name), 'workflow');
    expect(normalised(at(definitionToJson(readPushRequest({ workflow })), 'workflow'))).toEqual(normalised(workflow));
  });

  test.each(versions.filter((name) => at(json(name), 'properties_snapshot') !== null))(
    'the properties of %s read and are written as they were',
    (name) => {
      const properties = at(json(name), 'properties_snapshot');
      expect(normalised(propertiesToJson(readProperties(properties)))).toEqual(normalised(properties));
    },
  );
});

const withStep = (step: Json, ...more: readonly Json[]): Json => ({ workflow: { id: 'w', steps: [step, ...more] } });
const noOp = (id: string): Json => ({ step: { id, type: 'NoOp' } });

describe('parts of definitions', () => {
  test.each(['sample-foreach-step', 'sample-while-step'])('model/typedsteps/%s.json is a step', (name) => {
    const request = withStep(json(`model/typedsteps/${name}.json`));
    expect(normalised(definitionToJson(readPushRequest(request)))).toEqual(normalised(request));
  });

  test('model/typedsteps/sample-typed-step.json is a step beside its successors', () => {
    const request = withStep(json('model/typedsteps/sample-typed-step.json'), noOp('job.2'), noOp('job3'));
    expect(definitionToJson(readPushRequest(request))).toEqual(request);
  });

  test('model/typedsteps/sample-typed-step-invalid.json is refused: a signal without a name', () => {
    const request = withStep(json('model/typedsteps/sample-typed-step-invalid.json'), noOp('job.2'), noOp('job3'));
    expect(violations(() => readPushRequest(request))).toEqual([
      'workflow.steps[0].step.signal_dependencies[0].name: is required',
    ]);
  });

  test.each(filesIn('model/retry_policy'))('%s is a retry policy', (name) => {
    const request = withStep({ step: { id: 'a', type: 'NoOp', retry_policy: json(name) } });
    expect(definitionToJson(readPushRequest(request))).toEqual(request);
  });

  test.each(filesIn('model/time_triggers'))('%s is a time trigger', (name) => {
    const request = { workflow: { id: 'w', time_triggers: [json(name)], steps: [noOp('a')] } };
    expect(definitionToJson(readPushRequest(request))).toEqual(request);
  });

  test('model/signal_triggers/signal_trigger_simple.json is refused: join keys that are match params, too', () => {
    const trigger = json('model/signal_triggers/signal_trigger_simple.json');
    const request = { workflow: { id: 'w', signal_triggers: [trigger], steps: [noOp('a')] } };
    expect(violations(() => readPushRequest(request))).toEqual([
      'workflow.signal_triggers[0].definitions.signal_a.join_keys[0]: "updated_by" is also one of match_params; keep one of them',
      'workflow.signal_triggers[0].definitions.signal_b.join_keys[0]: "posted_by" is also one of match_params; keep one of them',
    ]);
  });

  test('signal dependencies and outputs read as parts of a step', () => {
    const request = withStep({
      step: {
        id: 'a',
        type: 'NoOp',
        signal_dependencies: json('model/signal/sample-signal-dependencies-definition.json'),
        signal_outputs: json('model/parameters/signal-output-params.json'),
      },
    });
    expect(definitionToJson(readPushRequest(request))).toEqual(request);
  });

  test.each(['sample-user-only-name', 'sample-user-nested'])('model/workflows/definition/%s.json is a user', (name) => {
    const value = json(`model/workflows/definition/${name}.json`);
    expect(userToJson(readUser(value))).toEqual(value);
  });

  test('model/workflows/definition/sample-user-nullable.json is a user whose nulls are left out', () => {
    const value = json('model/workflows/definition/sample-user-nullable.json');
    expect(userToJson(readUser(value))).toEqual(normalised(value));
  });

  test('git info reads, and an unknown key of it is refused', () => {
    const request = (name: string): Json => ({
      git_info: json(`model/workflows/definition/${name}.json`),
      ...(withStep(noOp('a')) as JsonObject),
    });
    expect(definitionToJson(readPushRequest(request('sample-valid-git-info')))).toEqual(
      request('sample-valid-git-info'),
    );
    expect(violations(() => readPushRequest(request('sample-invalid-git-info')))).toEqual([
      'git_info.timestamp1: unknown field "timestamp1"; did you mean "timestamp"?',
    ]);
  });

  test('params of every type read, also inside a MAP; a source and an internal mode that do not exist are refused', () => {
    const map = at(json('model/parameters/sample-wf-map-params.json'), 'workflow', 'params');
    expect(normalised(paramDefinitionsToJson(readParamDefinitions(map)))).toEqual(normalised(map));
    const params = at(json(BAD_PARAMS), 'workflow', 'params');
    expect(violations(() => readParamDefinitions(params))).toEqual([
      expect.stringMatching(/^params\.l1\.source: "user" is not one of SYSTEM, /),
      expect.stringMatching(/^params\.l2\.internal_mode: "system" is not one of REQUIRED, /),
    ]);
  });

  test('properties read with their tags; a change may set or reset, and a start request starts', () => {
    const properties = json('model/workflows/definition/sample-properties.json');
    expect(normalised(propertiesToJson(readProperties(properties)))).toEqual(normalised(properties));
    expect(readPropertiesChange(json('model/api/sample-workflow-properties-update-request.json'))).toEqual({
      owner: { name: 'testowner' },
      runStrategy: { rule: 'LAST_ONLY', workflowConcurrency: 1 },
      stepConcurrency: 20,
    });
    expect(readPropertiesChange(json('model/api/sample-workflow-properties-update-request-reset.json'))).toMatchObject({
      resetStepConcurrency: true,
      resetRunStrategyRule: true,
    });
    expect(readStartRequest(json('model/api/sample-workflow-start-request.json'))).toMatchObject({
      initiator: { type: 'MANUAL' },
      requestId: '97a57978-803f-403e-9f9b-376d34689723',
      runParams: { auu: { type: 'LONG', value: 123n, tags: ['runtime'] } },
      persistFailedRun: true,
    });
  });

  test.each(filesIn('model/alerting').filter((each) => each.endsWith('payload.json')))(
    '%s reads and is written as it was',
    (name) => {
      const properties = readProperties({ alerting: json(name) });
      expect(normalised(at(propertiesToJson(properties), 'alerting'))).toEqual(normalised(json(name)));
    },
  );
});

describe('initiators of the original', () => {
  const initiators = json('model/initiator/sample-initiators.json') as JsonObject;

  test.each(['manual1', 'manual2', 'subworkflow', 'foreach', 'whileLoop'])(
    '%s reads and is written as it was',
    (name) => {
      expect(initiatorToJson(readInitiator(initiators[name] as Json))).toEqual(initiators[name]);
    },
  );

  test('template: its depth is the number of its ancestors', () => {
    expect(readInitiator(initiators['template'] as Json)).toMatchObject({ type: 'TEMPLATE', depth: 2 });
  });

  test('signal: an evaluated param is read as its value', () => {
    expect(readInitiator(initiators['signal'] as Json)).toEqual({
      type: 'SIGNAL',
      triggerUuid: 'bar',
      signalIdMap: { signal_a: 123n, signal_b: 345n },
      params: { foo: 'bar' },
    });
  });

  test('cron: refused, a time trigger always knows its time', () => {
    expect(violations(() => readInitiator(initiators['cron'] as Json))).toEqual([
      'initiator.trigger_time: is required',
    ]);
  });
});

/** Files with no counterpart among definitions and requests, and what they are instead. */
const NOT_READ: Readonly<Record<string, string>> = {
  'templates/sample-job-template-1.json': 'a job template; they come with the issue on templates',
  'model/parameters/sample-wf-summary-params.json': "the original's own summary of an instance",
  'model/parameters/sample-wf-summary-restart-config.json': "the original's own summary of an instance",
  'model/workflows/definition/sample-numbers.json': "three values of the original's number parser",
  'model/workflows/definition/sample-retry-strings.json': "three values of the original's number parser",
  'model/workflows/definition/sample-timeouts.json': "three values of the original's duration parser",
  'model/workflows/definition/sample-valid-metadata.json':
    'metadata of a version, which the definition service answers',
  'model/workflows/definition/sample-workflow-definition-extras.json': 'extras of a version, which are answered only',
};

test('files without a counterpart here are no push requests', () => {
  for (const name of Object.keys(NOT_READ))
    expect(violations(() => parsePushRequest(text(name), 'json'))).not.toEqual([]);
});

test('a wait of "5mins" is read and written as it was sent', () => {
  const step = json('model/typedsteps/sample-step-with-retries.json');
  const request = readPushRequest(withStep(step, noOp('job.2'), noOp('job3')));
  const written = at(definitionToJson(request), 'workflow', 'steps', '0', 'step', 'retry_policy', 'backoff');
  expect(at(written, 'platform_retry_backoff_in_secs')).toBe('5mins');
});
