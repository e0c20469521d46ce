import type { JsonObject } from '@maestro/domain';
import { notebookCommand } from './notebook-command.js';

const once = { attempt: 1, timeoutMillis: 0n };
const commandOf = (notebook: JsonObject, params: JsonObject = {}) =>
  notebookCommand({ notebook: { input_path: 'in.ipynb', output_path: 'out.ipynb', ...notebook }, ...params }, once);

it('is the call of papermill, with every value an argument of its own', () => {
  const { argv } = commandOf({ input_path: "it's; id", papermill_arguments: ['--kernel', 'python3'] }, { x: '$(id)' });
  expect(argv()).toEqual([
    'papermill',
    '-y',
    '{"x":"$(id)","attempt_number":0}',
    '--log-output',
    '--kernel',
    'python3',
    '--start_timeout',
    '600',
    '--',
    "it's; id",
    'out.ipynb',
  ]);
  expect(argv('/p.yaml').slice(0, 3)).toEqual(['papermill', '-f', '/p.yaml']);
});

it.each([[['--start_timeout', '5']], [['--start_timeout=5']]])('%j replaces the default start timeout', (given) => {
  expect(commandOf({ papermill_arguments: given }).argv().join(' ')).not.toContain('600');
});

it('hands over the params of the step that are the notebook’s, and which attempt it is', () => {
  const params = {
    workflow_id: 'w',
    workflow_instance_id: 1n,
    step_attempt_id: 1n,
    step_instance_uuid: 'u',
    maestro_step_satisfied: true,
    FIRST_TIME_TRIGGER_TIMEZONE: 'UTC',
    INITIATOR_TIMEZONE: 'UTC',
    kubernetes: {},
    empty: '',
    zero: 0n,
    no: false,
    list: [9_007_199_254_740_993n],
  };
  const { parameters } = notebookCommand(
    { ...params, notebook: { input_path: 'i', output_path: 'o' } },
    { attempt: 3, timeoutMillis: 60_000n },
  );
  expect(parameters).toBe('{"zero":0,"no":false,"list":[9007199254740993],"attempt_number":2,"StepTimeout":60000}');
});

it.each([
  ['pip install x &&', 'pip install x'],
  ['a; b ; ', 'a; b'],
  ['', undefined],
])('the init command %j is %j on its own', (given, init) => {
  expect(commandOf({ init_command: given }).init).toBe(init);
});

it('names the repository, if any', () => {
  expect(commandOf({ git_repo: 'https://g/x', git_branch: 'b' }).git).toEqual({
    git_repo: 'https://g/x',
    git_branch: 'b',
  });
  expect(commandOf({}).git).toBeUndefined();
});

it.each<[JsonObject, string]>([
  [{}, '"notebook"'],
  [{ notebook: { output_path: 'o' } }, '"notebook.input_path"'],
  [{ notebook: { input_path: 'i', output_path: 3n } }, '"notebook.output_path"'],
  [{ notebook: { input_path: 'i', output_path: 'o', papermill_arguments: 'x' } }, '"papermill_arguments"'],
])('%j is refused with its place', (params, said) => {
  expect(() => notebookCommand(params, once)).toThrow(said);
});
