import type { ResolvedTemplate, Step, TemplateStep, Workflow } from '@maestro/domain';
import { expandWorkflow } from './expand-workflow.js';
import { TemplateBook } from './template-book.js';

const leaf = (id: string, ...next: string[]): Step => ({
  kind: 'step',
  id,
  type: 'NoOp',
  transition: { successors: Object.fromEntries(next.map((each) => [each, 'true'])) },
});

const use = (id: string, subType: string, more: Partial<TemplateStep> = {}): Step => ({
  kind: 'template',
  id,
  subType,
  ...more,
});

function template(jobType: string, steps: readonly Step[], more: Partial<ResolvedTemplate> = {}): ResolvedTemplate {
  return { jobType, version: 'default', stepType: 'template', tags: [], params: {}, steps, ...more };
}

function expanded(steps: readonly Step[], templates: readonly ResolvedTemplate[], more: Partial<Workflow> = {}) {
  return expandWorkflow({ id: 'w', steps, ...more }, new TemplateBook(templates));
}

const edges = (steps: readonly Step[]): Record<string, unknown> =>
  Object.fromEntries(steps.map(({ id, transition }) => [id, transition?.successors ?? {}]));

const ETL = template('etl', [leaf('left', 'end'), leaf('right'), leaf('end')]);

it('leads what went to a template step to all that begin it, and goes on from all that end it', () => {
  const steps = [
    { ...leaf('first'), transition: { successors: { load: 'x > 1' } } },
    use('load', 'etl', { transition: { successors: { last: 'y' } } }),
    leaf('last'),
  ];
  const { workflow, exits, problems } = expanded(steps, [ETL]);
  expect(problems.size).toBe(0);
  expect(edges(workflow.steps)).toEqual({
    first: { 'load.left': 'x > 1', 'load.right': 'x > 1' },
    'load.left': { 'load.end': 'true' },
    'load.right': { last: 'y' },
    'load.end': { last: 'y' },
    last: {},
  });
  expect(exits.get('load')).toEqual(['load.right', 'load.end']);
});

it('connects two template steps that follow each other', () => {
  const one = template('one', [leaf('only')]);
  const steps = [use('a', 'one', { transition: { successors: { b: 'true' } } }), use('b', 'one')];
  expect(edges(expanded(steps, [one]).workflow.steps)).toEqual({ 'a.only': { 'b.only': 'true' }, 'b.only': {} });
});

it('expands templates within templates and in loops', () => {
  const inner = template('inner', [leaf('x')], { params: { p: { type: 'STRING', value: 'inner' } } });
  const outer = template('outer', [leaf('before', 'in'), use('in', 'inner')]);
  const loop: Step = { kind: 'while', id: 'loop', condition: 'true', steps: [use('t', 'outer')] };
  const { workflow, origins, exits } = expanded([loop], [inner, outer]);
  const [body] = workflow.steps;
  expect(edges(body && 'steps' in body ? body.steps : [])).toEqual({ 't.before': { 't.in.x': 'true' }, 't.in.x': {} });
  expect(origins.get('t.in.x')?.templates.map(({ jobType }) => jobType)).toEqual(['outer', 'inner']);
  expect(exits.get('t')).toEqual(['t.in.x']);
});

it('gives the steps the params, tags and failure mode of the template step, below their own', () => {
  const steps = [{ ...leaf('own'), params: { a: { type: 'STRING', value: 'own' } }, tags: [{ name: 'own' }] } as Step];
  const etl = template('etl', steps, { tags: [{ name: 'etl' }] });
  const given = use('t', 'etl', {
    params: { a: { type: 'STRING', value: 'given' }, b: { type: 'STRING', value: 'given' } },
    tags: [{ name: 'step' }],
    failureMode: 'IGNORE_FAILURE',
  });
  expect(expanded([given], [etl]).workflow.steps[0]).toMatchObject({
    id: 't.own',
    failureMode: 'IGNORE_FAILURE',
    tags: [{ name: 'etl' }, { name: 'step' }, { name: 'own' }],
    params: { a: { value: 'own' }, b: { value: 'given' } },
  });
});

it('names all steps of a loop in a template after the template step', () => {
  const loop: Step = { kind: 'foreach', id: 'each', steps: [leaf('one', 'two'), leaf('two')] };
  const { workflow, origins } = expanded([use('t', 'loops')], [template('loops', [loop])]);
  const [each] = workflow.steps;
  expect(each?.id).toBe('t.each');
  expect(edges(each && 'steps' in each ? each.steps : [])).toEqual({ 't.one': { 't.two': 'true' }, 't.two': {} });
  expect(origins.get('t.one')).toEqual({ templateStep: 't', templates: [] });
});

it('gives a step whose type is the name of a template the type of that, in the version of the workflow', () => {
  const job = (version: string, stepType: string) => template('spark', [], { version, stepType });
  const step: Step = { kind: 'step', id: 'a', type: 'spark', subType: 'spark' };
  const params = { job_template_version: { type: 'STRING', value: 'v2' } } as const;
  const { workflow } = expanded([step], [job('default', 'Http'), job('v2', 'Shell')], { params });
  expect(workflow.steps[0]).toMatchObject({ type: 'Shell' });
});

it.each([
  [
    'a template that does not exist',
    [use('t', 'elt')],
    [ETL],
    'there is no job template "elt" version "default"; did you mean "etl"?',
  ],
  [
    'a version that does not exist',
    [use('t', 'etl', { subTypeVersion: 'v9' })],
    [ETL],
    'there is no job template "etl" version "v9"; it has the versions default',
  ],
  [
    'a template without steps',
    [use('t', 'none')],
    [template('none', [])],
    'the job template "none" version "default" has no steps',
  ],
  [
    'a template for leaf steps',
    [use('t', 'leaf')],
    [template('leaf', [], { stepType: 'Shell' })],
    'is for steps of type Shell, not template',
  ],
  [
    'a template that contains itself',
    [use('t', 'a')],
    [template('a', [use('x', 'b')]), template('b', [use('y', 'a')])],
    'templates contain each other: a:default -> b:default -> a:default',
  ],
  ['an id that is taken', [use('t', 'etl'), leaf('t.end')], [ETL], 'gets the id t.end, which another step has'],
  [
    'signals for two beginnings',
    [use('t', 'etl', { signalDependencies: [{ name: 's' }] })],
    [ETL],
    'begins with one step, not 2',
  ],
  [
    'a problem of the template',
    [use('t', 'etl')],
    [{ ...ETL, problem: 'inherits from itself: a -> a' }],
    'the job template "etl" version "default" inherits from itself',
  ],
])('keeps a template step that has %s, and says why', (_, steps, templates, message) => {
  const { workflow, problems, origins } = expanded(steps, templates);
  expect(problems.get('t')).toContain(message);
  expect(workflow.steps[0]).toMatchObject({ kind: 'template', id: 't' });
  expect(origins.size).toBe(0);
});

it('does not unfold templates without end', () => {
  const doubled = Array.from({ length: 30 }, (_, n) =>
    template(`t${n}`, n === 29 ? [leaf('x')] : [use('a', `t${n + 1}`), use('b', `t${n + 1}`)]),
  );
  expect(expanded([use('t', 't0')], doubled).problems.get('t')).toMatch(/more than (300 steps|128 characters)/);
});
