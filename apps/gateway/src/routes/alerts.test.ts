import { AlertState } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { AlertType } from '@maestro/proto/maestro/types/v1/alerting';
import { testGateway, testRoutes } from '../testing/route-cases.js';

const gateway = testGateway();
const key = 'STEP_FAILURE/etl/7/1/load#1';
const alert = {
  alertId: 9n,
  key,
  type: AlertType.STEP_FAILURE,
  workflowId: 'etl',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  stepId: 'load',
  summary: 'it failed',
  details: ['exit code 3'],
  state: AlertState.OPEN,
  told: true,
  route: { emails: ['a@b.c'] },
  createTime: 5n,
};
const alertJson = {
  id: 9n,
  key,
  type: 'STEP_FAILURE',
  workflow_id: 'etl',
  workflow_instance_id: 7n,
  workflow_run_id: 1n,
  step_id: 'load',
  summary: 'it failed',
  details: ['exit code 3'],
  state: 'OPEN',
  told: true,
  route: { emails: ['a@b.c'], pagerduties: [], slack_users: [], slack_channels: [], cancel: false },
  problems: [],
  create_time: 5n,
};

testRoutes(gateway, [
  {
    route: 'GET /alerts?tenant=ads&workflow=etl&types=step_failure&states=open,acknowledged&since=3&first=5',
    answers: { listAlerts: async () => ({ alerts: [alert], page: { totalCount: 1n } }) },
    calls: 'listAlerts',
    request: {
      tenant: 'ads',
      workflowId: 'etl',
      types: [AlertType.STEP_FAILURE],
      states: [AlertState.OPEN, AlertState.ACKNOWLEDGED],
      since: 3n,
    },
    json: expect.objectContaining({ elements: [alertJson] }) as unknown,
  },
  {
    route: 'POST /alerts/9/acknowledge',
    answers: {
      acknowledgeAlert: async () => ({
        alert: { ...alert, state: AlertState.ACKNOWLEDGED, acknowledgedBy: 'ada', acknowledgeTime: 6n },
      }),
    },
    calls: 'acknowledgeAlert',
    request: { alertId: 9n },
    json: { ...alertJson, state: 'ACKNOWLEDGED', acknowledged_by: 'ada', acknowledge_time: 6n },
  },
  {
    route: 'POST /workflows/etl/alerts/test?type=run_success',
    answers: {
      testAlert: async () => ({ receivers: [{ channel: 'email', target: 'a@b.c' }], problems: ['emails[1]: no'] }),
    },
    calls: 'testAlert',
    request: { workflowId: 'etl', type: AlertType.RUN_SUCCESS },
    json: { receivers: [{ channel: 'email', target: 'a@b.c' }], problems: ['emails[1]: no'] },
  },
]);

it.each(['/alerts?types=odd', '/alerts?states=odd'])('refuses %s', async (path) => {
  const { status, json } = await gateway().send('GET', path, {});
  expect(status).toBe(400);
  expect(json).toMatchObject({ message: expect.stringContaining('not "odd"') as unknown });
});
