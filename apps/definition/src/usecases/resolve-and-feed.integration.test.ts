import { MaestroError } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import type { Change } from '../ports/change.js';
import { asking, definitionFixture, pushOf, type DefinitionFixture } from '../testing/definition-fixture.js';
import { activateWorkflow } from './activate-workflow.js';
import { upsertTag, deleteTag } from './change-tags.js';
import { deactivateWorkflow } from './deactivate-workflow.js';
import { findVersion } from './find-workflow.js';
import { pushWorkflow } from './push-workflow.js';
import { readChanges } from './read-changes.js';
import { removeWorkflow, resumeRemovals } from './remove-workflow.js';
import { resolveVersions } from './resolve-versions.js';

let service: DefinitionFixture;

beforeAll(async () => {
  service = await definitionFixture();
});
afterAll(() => service.stop());

async function changesAfter(after: bigint): Promise<Change[]> {
  const changes: Change[] = [];
  const never = new AbortController().signal;
  for await (const batch of readChanges(service, { after, follow: false }, never)) changes.push(...batch);
  return changes;
}

test('fifty concurrent pushes leave a feed without gaps, in the order of the commits', async () => {
  const before = await service.feed.last();
  const seen: bigint[] = [];
  const over = new AbortController();
  const following = (async () => {
    const changes = readChanges(service, { after: before, follow: true }, over.signal);
    for await (const batch of changes) seen.push(...batch.map(({ sequence }) => sequence));
  })();
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => pushWorkflow(service, asking(), pushOf(`flood-${index % 10}`))),
  );
  // A reader that follows while they commit sees every number once and none before a smaller one.
  await waitUntil(() => seen.length === 50, { describe: 'the follower sees all pushes' });
  over.abort();
  await following;
  expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => before + 1n + BigInt(index)));
  const changes = await changesAfter(before);
  for (let index = 0; index < 10; index += 1) {
    const versions = changes
      .filter(({ workflowId }) => workflowId === `flood-${index}`)
      .map((each) => each.latestVersion);
    expect(versions).toEqual([1n, 2n, 3n, 4n, 5n]);
  }
});

test('a push is seen by the resolve after it, always', async () => {
  for (let version = 1n; version <= 20n; version += 1n) {
    await pushWorkflow(service, asking(), pushOf('fresh'));
    const [answer] = await resolveVersions(service.reads, [{ workflowId: 'fresh', version: 'active' }]);
    expect(answer).toMatchObject({ version, activeVersion: version, runStrategy: { rule: 'SEQUENTIAL' } });
  }
});

test('resolve answers in order, and each question fails by itself', async () => {
  await pushWorkflow(service, asking(), pushOf('pointers'));
  await pushWorkflow(service, asking(), pushOf('pointers', { isActive: false }));
  const ask = (version: string, workflowId = 'pointers') => ({ workflowId, version });
  const answers = await resolveVersions(service.reads, [
    ask('active'),
    ask('latest'),
    ask(''),
    ask('2'),
    ask('3'),
    ask('first'),
    ask('active', 'pointer'),
  ]);
  const shown = answers.map((answer) => (answer instanceof MaestroError ? answer.code : answer.version));
  expect(shown).toEqual([1n, 2n, 1n, 2n, 'VERSION_NOT_FOUND', 'INVALID_REQUEST', 'WORKFLOW_NOT_FOUND']);
});

test('deactivating leaves default at the latest, and active names nothing until a version is activated', async () => {
  await pushWorkflow(service, asking(), pushOf('resting'));
  await pushWorkflow(service, asking(), pushOf('resting'));
  expect((await deactivateWorkflow(service, asking(), 'resting')).version).toBe(2n);
  expect((await deactivateWorkflow(service, asking(), 'resting')).version).toBe(0n);
  const active = findVersion(service.reads, { workflowId: 'resting' }, 'active');
  await expect(active).rejects.toMatchObject({ code: 'NO_ACTIVE_VERSION', metadata: { latest_version_id: '2' } });
  expect((await findVersion(service.reads, { workflowId: 'resting' }, 'default')).version.version).toBe(2n);
  await activateWorkflow(service, asking('', 'bob'), { workflowId: 'resting', selector: 1n });
  const found = await findVersion(service.reads, { workflowId: 'resting' }, 'active');
  expect(found).toMatchObject({ version: { version: 1n }, activation: { author: 'bob' } });
});

test('activating what is active already changes nothing', async () => {
  await pushWorkflow(service, asking(), pushOf('steady'));
  const before = await service.feed.last();
  await activateWorkflow(service, asking(), { workflowId: 'steady', selector: 1n });
  expect(await service.feed.last()).toBe(before);
});

test('dynamic tags are set by name with their author, and removed by name', async () => {
  await pushWorkflow(service, asking(), pushOf('labelled'));
  await upsertTag(service, asking(), { workflowId: 'labelled', tag: { name: 'gold', namespace: 'SYSTEM' } });
  const twice = await upsertTag(service, asking('', 'bob'), { workflowId: 'labelled', tag: { name: 'gold' } });
  expect(twice.tags).toMatchObject([{ name: 'gold', namespace: 'PLATFORM', attributes: { creator: 'bob' } }]);
  const removed = await deleteTag(service, asking(), { workflowId: 'labelled', tagName: 'gold' });
  expect(removed.tags ?? []).toEqual([]);
  const bad = upsertTag(service, asking(), { workflowId: 'labelled', tag: { name: 'no|pipe' } });
  await expect(bad).rejects.toMatchObject({ code: 'INVALID_REQUEST', violations: [{ path: 'tag.name' }] });
});

test('a removed id can be pushed again as a new incarnation that begins at version 1', async () => {
  const old = (await pushWorkflow(service, asking('before-removal'), pushOf('phoenix'))).definition;
  const workflow = { workflowId: 'phoenix', workflowKey: old.workflowKey };
  await removeWorkflow(service, workflow, 'ada');
  await removeWorkflow(service, workflow, 'ada');
  await expect(findVersion(service.reads, workflow, 'latest')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  const repeated = pushWorkflow(service, asking('before-removal'), pushOf('phoenix'));
  await expect(repeated).rejects.toMatchObject({ code: 'CONFLICT' });
  const { definition } = await pushWorkflow(service, asking(), pushOf('phoenix'));
  expect(definition.metadata.workflowVersionId).toBe(1n);
  expect(definition.workflowKey).toBeGreaterThan(old.workflowKey);
  // The old key names the old incarnation only.
  await removeWorkflow(service, workflow, 'ada');
  expect((await findVersion(service.reads, { workflowId: 'phoenix' }, 'latest')).workflow.workflowKey).toBe(
    definition.workflowKey,
  );
});

test('a removal cut short keeps the id taken until a later process finishes it', async () => {
  const { definition } = await pushWorkflow(service, asking(), pushOf('halfway'));
  const workflow = { workflowId: 'halfway', workflowKey: definition.workflowKey };
  await service.removal.hide(workflow, 'ada');
  expect((await changesAfter(0n)).at(-1)).toMatchObject({ kind: 'REMOVED', workflowId: 'halfway' });
  const push = pushWorkflow(service, asking(), pushOf('halfway'));
  await expect(push).rejects.toMatchObject({ code: 'DELETION_IN_PROGRESS' });
  const [answer] = await resolveVersions(service.reads, [{ workflowId: 'halfway', version: 'latest' }]);
  expect(answer).toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  await resumeRemovals(service.removal);
  expect((await pushWorkflow(service, asking(), pushOf('halfway'))).definition.metadata.workflowVersionId).toBe(1n);
});
