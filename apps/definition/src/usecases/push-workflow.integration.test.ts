import type { WorkflowDefinition } from '@maestro/domain';
import { asking, definitionFixture, pushOf, type DefinitionFixture } from '../testing/definition-fixture.js';
import { activateWorkflow } from './activate-workflow.js';
import { findVersion } from './find-workflow.js';
import { pushWorkflow } from './push-workflow.js';
import { updateProperties } from './update-properties.js';

let service: DefinitionFixture;

beforeAll(async () => {
  service = await definitionFixture();
});
afterAll(() => service.stop());

const versionOf = ({ metadata }: WorkflowDefinition): bigint => metadata.workflowVersionId;

test('the first push makes version 1, active, latest and default, with a global number from 10000', async () => {
  const { definition } = await pushWorkflow(service, asking(), pushOf('first', { gitInfo: { sha: 'abc' } }));
  expect(definition).toMatchObject({
    tenant: 'default',
    isActive: true,
    isLatest: true,
    isDefault: true,
    activatedBy: { name: 'ada' },
    metadata: { workflowId: 'first', workflowVersionId: 1n, versionAuthor: { name: 'ada' }, gitInfo: { sha: 'abc' } },
    workflow: { id: 'first', steps: [{ kind: 'step', id: 'one', type: 'NoOp' }] },
    propertiesSnapshot: { owner: { name: 'ada' }, workflowId: 'first' },
  });
  expect(definition.internalId).toBeGreaterThanOrEqual(10_000n);
});

test('the order of params, which is the order of their evaluation, survives', async () => {
  const params = { zz: { type: 'LONG', value: 9007199254740993n }, a: { type: 'STRING', value: '${zz}' } } as const;
  const { definition } = await pushWorkflow(service, asking(), pushOf('ordered', {}, { params }));
  expect(Object.keys(definition.workflow.params ?? {})).toEqual(['zz', 'a']);
  expect(definition.workflow.params).toMatchObject(params);
});

test('the first push of an id must name an owner', async () => {
  const push = pushWorkflow(service, asking(), { ...pushOf('ownerless'), properties: {} });
  await expect(push).rejects.toMatchObject({ code: 'INVALID_DEFINITION', violations: [{ path: 'properties.owner' }] });
});

test('a push that is not to be active keeps the active version', async () => {
  await pushWorkflow(service, asking(), pushOf('quiet'));
  const { definition } = await pushWorkflow(service, asking(), pushOf('quiet', { isActive: false }));
  expect(definition).toMatchObject({ isActive: false, isLatest: true, isDefault: false });
  expect((await findVersion(service.reads, { workflowId: 'quiet' }, 'active')).version.version).toBe(1n);
});

test('two concurrent pushes of one id get consecutive versions, also when they are its first', async () => {
  const pushes = [1, 2, 3, 4].map(() => pushWorkflow(service, asking(), pushOf('raced')));
  const versions = (await Promise.all(pushes)).map(({ definition }) => versionOf(definition));
  expect(versions.sort()).toEqual([1n, 2n, 3n, 4n]);
});

test('a repeated request id answers the version it made; another body is told so', async () => {
  const first = await pushWorkflow(service, asking('push-1'), pushOf('repeated'));
  const again = await pushWorkflow(service, asking('push-1'), pushOf('repeated'));
  const other = await pushWorkflow(service, asking('push-1'), pushOf('repeated', {}, { name: 'another' }));
  expect(again).toEqual(first);
  expect(first.requestDiffers).toBe(false);
  expect(other).toEqual({ ...first, requestDiffers: true });
});

test('one request id sent many times at once makes one version', async () => {
  const pushes = [1, 2, 3, 4, 5].map(() => pushWorkflow(service, asking('storm'), pushOf('stormed')));
  const versions = (await Promise.all(pushes)).map(({ definition }) => versionOf(definition));
  expect(new Set(versions)).toEqual(new Set([1n]));
});

test('a push with properties resets run strategy, step concurrency and alerting, and keeps the rest', async () => {
  const full = {
    owner: { name: 'ada' },
    runStrategy: { rule: 'PARALLEL', workflowConcurrency: 3 },
    stepConcurrency: 7,
    alerting: { emails: ['a@b.c'] },
    description: 'kept',
  } as const;
  await pushWorkflow(service, asking(), pushOf('reset', { properties: full }));
  const { definition } = await pushWorkflow(
    service,
    asking(),
    pushOf('reset', { properties: { alertingDisabled: true } }),
  );
  const { createTime, author, workflowId, ...properties } = definition.propertiesSnapshot;
  expect(properties).toEqual({ owner: { name: 'ada' }, description: 'kept', alertingDisabled: true });
  expect([workflowId, author.name]).toEqual(['reset', 'ada']);
  expect(createTime).toBeGreaterThan(0);
});

test('a push without properties leaves the snapshot as it is', async () => {
  const first = await pushWorkflow(service, asking(), pushOf('same'));
  const { properties: _none, ...bare } = pushOf('same');
  const second = await pushWorkflow(service, asking(), bare);
  expect(second.definition.propertiesSnapshot).toEqual(first.definition.propertiesSnapshot);
});

test('tags cannot be set by a push', async () => {
  const push = pushWorkflow(
    service,
    asking(),
    pushOf('tagged', { properties: { owner: { name: 'a' }, tags: [{ name: 't' }] } }),
  );
  await expect(push).rejects.toMatchObject({ code: 'INVALID_DEFINITION', violations: [{ path: 'properties.tags' }] });
});

test('a typed definition is held to the rules of the text form, every violation at once', async () => {
  const steps = [
    { kind: 'step', id: 'a', type: 'NoOp', transition: { successors: { nowhere: 'true' } } },
    { kind: 'step', id: 'maestro_b', type: 'NoOp' },
  ] as const;
  const push = pushWorkflow(service, asking(), pushOf('maestro_x', {}, { steps }));
  await expect(push).rejects.toMatchObject({ code: 'INVALID_DEFINITION' });
  const error = (await push.catch((caught: unknown) => caught)) as { violations: { path: string }[] };
  expect(error.violations.length).toBeGreaterThanOrEqual(3);
});

test('a definition over 256 KB is refused', async () => {
  const params = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`p${index}`, { type: 'STRING', value: 'x'.repeat(14_000) }] as const),
  );
  const push = pushWorkflow(service, asking(), pushOf('large', {}, { params }));
  await expect(push).rejects.toMatchObject({ code: 'REQUEST_TOO_LARGE' });
});

test("another tenant's workflow cannot be changed", async () => {
  await pushWorkflow(service, asking(), pushOf('owned'));
  const push = pushWorkflow(service, { ...asking(), tenant: 'other' }, pushOf('owned'));
  await expect(push).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

test('activating a version that does not exist names the latest; an unknown id names one like it', async () => {
  await pushWorkflow(service, asking(), pushOf('orders-daily'));
  const missing = activateWorkflow(service, asking(), { workflowId: 'orders-daily', selector: 9n });
  await expect(missing).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND', metadata: { latest_version_id: '1' } });
  const unknown = activateWorkflow(service, asking(), { workflowId: 'orders-dialy', selector: 1n });
  await expect(unknown).rejects.toThrow('Did you mean "orders-daily"');
});

test('a change of properties merges, resets on demand, and repeats by request id', async () => {
  const strategy = { rule: 'PARALLEL', workflowConcurrency: 3 } as const;
  await pushWorkflow(
    service,
    asking(),
    pushOf('changed', { properties: { owner: { name: 'a' }, runStrategy: strategy } }),
  );
  const ask = { workflowId: 'changed', change: { stepConcurrency: 5, resetWorkflowConcurrency: true } };
  const changed = await updateProperties(service, asking('props-1', 'bob'), ask);
  expect(changed).toMatchObject({
    owner: { name: 'a' },
    stepConcurrency: 5,
    runStrategy: { rule: 'PARALLEL', workflowConcurrency: 20 },
    author: { name: 'bob' },
  });
  await updateProperties(service, asking('', 'eve'), { workflowId: 'changed', change: { description: 'later' } });
  expect(await updateProperties(service, asking('props-1', 'bob'), ask)).toEqual(changed);
  const both = { workflowId: 'changed', change: { stepConcurrency: 5, resetStepConcurrency: true } };
  await expect(updateProperties(service, asking(), both)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});
