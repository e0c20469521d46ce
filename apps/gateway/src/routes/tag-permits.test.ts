import { timelineEvent, timelineEventJson } from '../testing/messages.js';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const PATH = '/tag-permits';
const team = { members: { team: { value: { case: 'stringValue', value: 'data' } as const } } };
const permit = { tag: 'db', tenant: 'default', maxAllowed: 4, held: 2, waiting: 1n, modifyTime: 9n, extraInfo: team };
const permitJson = { tag: 'db', max_allowed: 4n, held: 2n, waiting: 1n, modify_time: 9n, team: 'data' };
const user = {
  workflowId: 'w',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  stepId: 'load',
  stepAttemptId: 2,
  askTime: 5n,
};
const userJson = {
  workflow_id: 'w',
  workflow_instance_id: 7n,
  workflow_run_id: 1n,
  step_id: 'load',
  step_attempt_id: 2n,
  ask_time: 5n,
};

testRoutes(gateway, [
  {
    route: `POST ${PATH}`,
    body: '{"tag":"db","max_allowed":4,"team":"data"}',
    answers: { setTagPermit: async () => ({ permit }) },
    calls: 'setTagPermit',
    request: { tag: 'db', maxAllowed: 4, extraInfo: team },
    json: permitJson,
  },
  {
    route: `GET ${PATH}`,
    answers: { listTagPermits: async () => ({ permits: [permit] }) },
    calls: 'listTagPermits',
    json: [permitJson],
  },
  {
    route: `GET ${PATH}/db`,
    answers: { getTagPermit: async () => ({ permit, holders: [user], waiters: [{ ...user, stepId: 'next' }] }) },
    calls: 'getTagPermit',
    request: { tag: 'db' },
    json: { ...permitJson, holders: [userJson], waiters: [{ ...userJson, step_id: 'next' }] },
  },
  {
    route: `DELETE ${PATH}/db`,
    answers: { removeTagPermit: async () => ({ timelineEvent }) },
    calls: 'removeTagPermit',
    request: { tag: 'db' },
    json: { tag: 'db', timeline_event: timelineEventJson },
  },
]);

it.each([
  ['{"max_allowed":1}', 'tag must be a text'],
  ['{"tag":"a","max_allowed":-1}', 'max_allowed must be a whole number'],
  ['{"tag":"a","max_allowed":"1"}', 'max_allowed must be a whole number'],
  ['{"tag":"a","max_allowed":1,"held":3}', 'held is a part of answers'],
  ['[]', 'must be an object'],
])('refuses the limit %s', async (body, message) => {
  const answer = await gateway().send('POST', PATH, { body });
  expect(answer.status).toBe(400);
  expect((answer.json as { message: string }).message).toContain(message);
});
