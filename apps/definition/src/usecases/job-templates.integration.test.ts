import type { JobTemplateDefinition, JobTemplateRequest, Step } from '@maestro/domain';
import { asking, definitionFixture, pushOf, type DefinitionFixture } from '../testing/definition-fixture.js';
import { deleteJobTemplate } from './delete-job-template.js';
import { getJobTemplate } from './get-job-template.js';
import { loadTemplates } from './load-templates.js';
import { pushWorkflow } from './push-workflow.js';
import { putJobTemplate } from './put-job-template.js';
import { resolveVersions } from './resolve-versions.js';
import { staticParams } from './static-params.js';

let fixture: DefinitionFixture;

beforeAll(async () => {
  fixture = await definitionFixture();
});

afterAll(() => fixture.stop());

function templateOf(jobType: string, more: Partial<JobTemplateDefinition> = {}): JobTemplateRequest {
  return {
    owner: { name: 'ada' },
    status: 'alpha',
    support: 'ask ada',
    definition: { jobType, stepType: 'Shell', version: 'default', ...more },
  };
}

const put = (jobType: string, more: Partial<JobTemplateDefinition> = {}, author = 'ada') =>
  putJobTemplate(fixture, asking('', author), templateOf(jobType, more));

const text = (value: string) => ({ type: 'STRING', value }) as const;
const user = (subType: string, more: Partial<Extract<Step, { kind: 'step' }>> = {}): Step => ({
  kind: 'step',
  id: 'one',
  type: 'Shell',
  subType,
  ...more,
});
const push = (id: string, step: Step) => pushWorkflow(fixture, asking(), pushOf(id, {}, { steps: [step] }));

async function revisionOf(workflowId: string): Promise<bigint> {
  const [answer] = await resolveVersions(fixture.reads, [{ workflowId, version: 'active' }]);
  if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
  return answer.templateRevision;
}

describe('a job template', () => {
  it('is read back as it was put, with who put it', async () => {
    await put('kept', { params: { b: text('1'), a: text('2') }, tags: [{ name: 'x' }] });
    const { template } = await getJobTemplate(fixture.templates, 'kept', '');
    expect(template).toMatchObject({ owner: { name: 'ada' }, versionAuthor: { name: 'ada' }, status: 'alpha' });
    expect(Object.keys(template.definition.params ?? {})).toEqual(['b', 'a']);
  });

  it('changes nothing when it is put again with the same content', async () => {
    const first = await put('same');
    const again = await put('same', {}, 'bob');
    expect(again).toEqual(first);
  });

  it('is found with the versions there are when its version is not there', async () => {
    await put('versions', { version: 'v1' });
    await expect(getJobTemplate(fixture.templates, 'versions', 'v2')).rejects.toMatchObject({
      code: 'JOB_TEMPLATE_NOT_FOUND',
      message: 'There is no job template "versions" version "v2"; it has the versions v1.',
    });
  });

  it.each([
    ['a parent that is missing', { inheritFrom: { nobody: 'v1' } }, 'definition.inherit_from'],
    ['a step type that is not there', { stepType: 'no type' }, 'definition.step_type'],
    ['a name that ids may not have', { jobType: 'a__b' }, 'definition.job_type'],
    ['steps for leaf steps', { steps: [user('x')] }, 'definition.steps'],
    ['no steps to expand to', { stepType: 'template' }, 'definition.steps'],
    ['steps of a template that is missing', { stepType: 'template', steps: [user('nobody')] }, 'definition.steps'],
  ])('is refused with %s', async (_, more, path) => {
    await expect(put('refused', more)).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
      violations: [expect.objectContaining({ path })],
    });
  });

  it('is refused when it closes a circle, which is named', async () => {
    await put('circle-a');
    await put('circle-b', { inheritFrom: { 'circle-a': 'default' } });
    const path = 'circle-a:default -> circle-b:default -> circle-a:default';
    await expect(put('circle-a', { inheritFrom: { 'circle-b': 'default' } })).rejects.toMatchObject({
      violations: [{ path: 'definition.inherit_from', message: `inherits from itself: ${path}` }],
    });
  });

  it('cannot be deleted while another inherits from it, nor changed by another tenant', async () => {
    await put('parent');
    await put('heir', { inheritFrom: { parent: 'default' } });
    const remove = (jobType: string) => deleteJobTemplate(fixture.templates, asking(), jobType, undefined);
    await expect(remove('parent')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    const stranger = { author: 'eve', tenant: 'other' };
    const theirs = putJobTemplate(fixture, stranger, templateOf('parent', { params: { a: text('x') } }));
    await expect(theirs).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await remove('heir');
    await expect(remove('parent')).resolves.toMatchObject({ action: 'DELETE', author: 'ada' });
    await expect(remove('parent')).rejects.toMatchObject({ code: 'JOB_TEMPLATE_NOT_FOUND' });
  });
});

describe('a workflow that names job templates', () => {
  it('is refused without the template, with the place', async () => {
    await expect(push('lost', user('nothing'))).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
      violations: [
        { path: 'workflow.steps[0].step.sub_type', message: 'there is no job template "nothing" version "default"' },
      ],
    });
  });

  it('may name a template as its type, which gives it the type of the template', async () => {
    await put('as-type', { params: { x: text('1') } });
    await expect(push('typed', user('as-type', { type: 'as-type' }))).resolves.toBeDefined();
    await expect(push('untyped', user('no-such', { type: 'no-such' }))).rejects.toMatchObject({
      violations: [
        {
          path: 'workflow.steps[0].step.type',
          message: expect.stringContaining('nor registered by a worker, nor a job template') as unknown,
        },
      ],
    });
  });

  it('is refused with a template for another type of steps', async () => {
    await put('for-http', { stepType: 'Http' });
    await expect(push('mismatch', user('for-http'))).rejects.toMatchObject({
      violations: [
        expect.objectContaining({
          message: expect.stringContaining('is for steps of type Http, not Shell') as unknown,
        }),
      ],
    });
  });

  it('is refused when a template step cannot be replaced, and told which step of the template is wrong', async () => {
    const inner = user('moved', { id: 'in' });
    await put('moved');
    await put('graph', { stepType: 'template', steps: [inner] });
    await deleteJobTemplate(fixture.templates, asking(), 'moved', undefined);
    await expect(push('broken', { kind: 'template', id: 't', subType: 'graph' })).rejects.toMatchObject({
      violations: [
        { path: 'workflow.steps[0].template.sub_type', message: expect.stringContaining('step t.in: ') as unknown },
      ],
    });
  });

  it('tells a start the revision of the templates, and keeps what held at a revision', async () => {
    await put('held', { params: { x: text('before') } });
    await push('holds', user('held'));
    const before = await revisionOf('holds');
    await put('held', { params: { x: text('after') } });
    const after = await revisionOf('holds');
    expect(after).toBeGreaterThan(before);
    const at = async (revision: bigint) =>
      (await loadTemplates(fixture.templates, ['held'], { revision })).resolved[0]?.params['x']?.value;
    expect([await at(before), await at(after)]).toEqual(['before', 'after']);
    await deleteJobTemplate(fixture.templates, asking(), 'held', 'default');
    expect([await at(before), await at(await revisionOf('holds'))]).toEqual(['before', undefined]);
  });

  it('tells nothing of templates to a start that needs none', async () => {
    await push('without', { kind: 'step', id: 'one', type: 'NoOp' });
    expect(await revisionOf('without')).toBe(0n);
  });

  it('shows what a start would get: params of templates below those of steps, and the steps of template steps', async () => {
    await put('shown', { params: { x: text('template'), y: text('template') } });
    const inner = user('shown', { id: 'in', params: { x: text('step') } });
    await put('shown-graph', { stepType: 'template', steps: [inner], params: { z: text('graph') } });
    const { resolved } = await loadTemplates(fixture.templates, ['shown-graph']);
    const { stepParams } = staticParams(
      { id: 'w', steps: [{ kind: 'template', id: 't', subType: 'shown-graph' }] },
      resolved,
    );
    expect(stepParams['t.in']).toMatchObject({ x: { value: 'step' }, y: { value: 'template' }, z: { value: 'graph' } });
  });
});
