import { createPool, type Statement } from '@maestro/postgres';
import { asking, definitionFixture, pushOf, type DefinitionFixture } from '../../testing/definition-fixture.js';
import { pushWorkflow } from '../../usecases/push-workflow.js';
import { selectFound } from './find-version.js';
import { selectResolutions } from './resolve.js';

const VERSIONS = 40;
let service: DefinitionFixture;

beforeAll(async () => {
  service = await definitionFixture();
  for (let version = 0; version < VERSIONS; version += 1) await pushWorkflow(service, asking(), pushOf('old'));
});
afterAll(() => service.stop());

async function planOf({ text, values = [] }: Statement<unknown>): Promise<string> {
  const options = { url: service.url, schema: 'definition', applicationName: 'plans', max: 1, hotPath: true };
  const pool = createPool(options);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${text}`, [...values]);
  await pool.end();
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test.each([
  ['find', selectFound({ workflowId: 'old' }, 'active')],
  ['find a number', selectFound({ workflowId: 'old' }, 3n)],
  ['resolve a number', selectResolutions([{ workflowId: 'old', selector: 3n }])],
])('%s looks up one version, however many there are', async (_, statement) => {
  const plan = await planOf(statement);
  expect(plan).toMatch(/workflow_version_pkey[^\n]*\n\s*Index Cond: \(\(workflow_key = [^\n]*\) AND \(version = /);
  expect(plan).not.toMatch(/Rows Removed/);
});
