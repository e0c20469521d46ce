import { timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const PATH = '/job-templates';
const definition = {
  jobType: 'shell',
  stepType: 'Notebook',
  version: 'v1',
  inheritFrom: [{ jobType: 'base', version: 'v2' }],
};
const metadata = {
  owner: { name: 'ada' },
  versionAuthor: { name: 'bob' },
  status: 'alpha',
  support: 'ada',
  createTime: 9n,
};
const template = { metadata, definition };
const templateJson = {
  metadata: { owner: 'ada', status: 'alpha', support: 'ada', version_author: 'bob', create_time: 9n },
  definition: { job_type: 'shell', step_type: 'Notebook', version: 'v1', inherit_from: { base: 'v2' } },
};
const BODY =
  '{"owner":"ada","status":"alpha","support":"ada","definition":{"job_type":"shell","step_type":"Notebook","version":"v1","inherit_from":{"base":"v2"}}}';
const asked = { metadata: { owner: { name: 'ada' }, status: 'alpha', support: 'ada' }, definition };

testRoutes(gateway, [
  {
    route: `POST ${PATH}`,
    body: BODY,
    answers: { putJobTemplate: async () => ({ template }) },
    calls: 'putJobTemplate',
    request: { template: asked },
    json: templateJson,
  },
  {
    route: `GET ${PATH}/shell?version=v1`,
    answers: { getJobTemplate: async () => ({ template }) },
    calls: 'getJobTemplate',
    request: { jobType: 'shell', version: 'v1' },
    json: templateJson,
  },
  {
    route: `GET ${PATH}`,
    answers: { listJobTemplates: async () => ({ templates: [template] }) },
    calls: 'listJobTemplates',
    request: { version: 'default' },
    json: [templateJson],
  },
  {
    route: `DELETE ${PATH}/shell`,
    answers: { deleteJobTemplate: async () => ({ timelineEvent }) },
    calls: 'deleteJobTemplate',
    request: { jobType: 'shell', version: '' },
    json: timelineEventJson,
  },
]);

it('names the place in the text of what is wrong with a template', async () => {
  const body = BODY.replace('"Notebook"', '"no type"');
  const { status, json } = await gateway().send('POST', PATH, { body });
  expect(status).toBe(400);
  expect(json).toMatchObject({ violations: [{ path: 'definition.step_type', line: 1n }] });
});
