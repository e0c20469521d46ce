import { TimeTriggerStatus } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { TriggerFindingKind } from '@maestro/proto/maestro/types/v1/trigger';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const PATH = '/workflows/w/time-triggers';
const trigger = {
  workflowId: 'w',
  triggerId: 't-1',
  trigger: { schedule: { case: 'cron', value: { cron: '0 1 * * *' } } as const, timezone: 'Asia/Tokyo' },
  status: TimeTriggerStatus.PAUSED,
  delayMillis: 7n,
  watermark: 5n,
  pausedBy: 'ada',
  nextNominalTimes: [9n],
};
const triggerJson = {
  workflow_id: 'w',
  trigger_id: 't-1',
  trigger: { type: 'CRON', cron: '0 1 * * *', timezone: 'Asia/Tokyo' },
  status: 'PAUSED',
  delay_millis: 7n,
  watermark: 5n,
  fired_count: 0n,
  skipped_count: 0n,
  paused_by: 'ada',
  next_nominal_times: [9n],
};
const fired = { workflowId: 'w', workflowInstanceId: 3n, workflowRunId: 1n, nominalTime: 9n };
const firedJson = {
  workflow_id: 'w',
  workflow_instance_id: 3n,
  workflow_run_id: 1n,
  duplicated: false,
  nominal_time: 9n,
};

const finding = { kind: TriggerFindingKind.PAUSED, since: 4n, message: 'It is paused.', remedy: 'Resume it.' };
const explained = { triggers: [{ state: trigger, findings: [finding] }] };
const explainedJson = {
  findings: [],
  triggers: [
    { ...triggerJson, findings: [{ kind: 'PAUSED', since: 4n, message: 'It is paused.', remedy: 'Resume it.' }] },
  ],
};

testRoutes(gateway, [
  {
    route: `GET ${PATH}/explain`,
    answers: { explainTimeTriggers: async () => explained },
    calls: 'explainTimeTriggers',
    request: { workflowId: 'w', triggerId: '', nominalTime: 0n },
    json: explainedJson,
  },
  {
    route: `GET ${PATH}/t-1/explain?time=9`,
    answers: { explainTimeTriggers: async () => explained },
    calls: 'explainTimeTriggers',
    request: { workflowId: 'w', triggerId: 't-1', nominalTime: 9n },
    json: explainedJson,
  },
  {
    route: `GET ${PATH}?next=2`,
    answers: { listTimeTriggers: async () => ({ triggers: [trigger] }) },
    calls: 'listTimeTriggers',
    request: { workflowId: 'w', nextFirings: 2 },
    json: [triggerJson],
  },
  {
    route: `PUT ${PATH}/actions/pause`,
    answers: { pauseTimeTrigger: async () => ({ triggers: [trigger] }) },
    calls: 'pauseTimeTrigger',
    request: { workflowId: 'w', triggerId: '' },
    json: [triggerJson],
  },
  {
    route: `PUT ${PATH}/t-1/actions/pause`,
    answers: { pauseTimeTrigger: async () => ({ triggers: [trigger] }) },
    calls: 'pauseTimeTrigger',
    request: { workflowId: 'w', triggerId: 't-1' },
    json: [triggerJson],
  },
  {
    route: `PUT ${PATH}/t-1/actions/resume?skipMissed=true`,
    answers: { resumeTimeTrigger: async () => ({ triggers: [trigger] }) },
    calls: 'resumeTimeTrigger',
    request: { workflowId: 'w', triggerId: 't-1', skipMissed: true },
    json: [triggerJson],
  },
  {
    route: `PUT ${PATH}/actions/resume`,
    answers: { resumeTimeTrigger: async () => ({ triggers: [trigger] }) },
    calls: 'resumeTimeTrigger',
    request: { workflowId: 'w', triggerId: '', skipMissed: false },
    json: [triggerJson],
  },
  {
    route: `POST ${PATH}/t-1/actions/fire?time=9`,
    answers: { fireTimeTrigger: async () => fired },
    calls: 'fireTimeTrigger',
    request: { workflowId: 'w', triggerId: 't-1', nominalTime: 9n },
    json: firedJson,
  },
  {
    route: `POST ${PATH}/actions/fire`,
    answers: { fireTimeTrigger: async () => fired },
    calls: 'fireTimeTrigger',
    request: { workflowId: 'w', triggerId: '' },
    json: firedJson,
  },
]);

it('refuses a time that is none', async () => {
  const answer = await gateway().send('POST', `${PATH}/actions/fire?time=noon`);
  expect(answer.status).toBe(400);
  expect((answer.json as { message: string }).message).toContain('time must be milliseconds');
});
