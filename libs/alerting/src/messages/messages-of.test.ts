import { acknowledgeMessages, messagesOf, resolveMessages, routeOf, type Alert } from '../index.js';

const alert: Alert = {
  key: 'LONG_RUNNING/etl/7/2',
  incident: 'LONG_RUNNING/etl/7/2',
  type: 'LONG_RUNNING',
  tenant: 'default',
  subject: { workflowId: 'etl', instanceId: 7n, runId: 2n },
  time: 0,
  summary: 'run etl/7/2 runs for longer than 1 min',
  details: [],
};
const route = routeOf(
  {
    emails: ['a@b.c'],
    pagerduties: ['oncall'],
    slack: { channels: ['data', '#ops', 'C0123456'], users: ['ada', 'U0123456'] },
    typeConfigs: { LONG_RUNNING: { actions: ['EMAIL', 'PAGE', 'SLACK', 'CANCEL'] } },
  },
  'LONG_RUNNING',
);

it('everybody whom the route names gets a message, all with one id', () => {
  const messages = messagesOf(alert, route, {});
  expect(messages.map(({ channel, target }) => `${channel} ${target}`)).toEqual([
    'email a@b.c',
    'slack #data',
    'slack #ops',
    'slack C0123456',
    'slack @ada',
    'slack U0123456',
    'pagerduty oncall',
    'cancel etl/7/2',
  ]);
  expect(new Set(messages.map(({ messageId }) => messageId))).toEqual(new Set([alert.key]));
  expect(messages[6]?.payload).toMatchObject({ dedup_key: alert.incident, event_action: 'trigger' });
});

it('what is only foreseen stops nothing, and neither does what is about no run', () => {
  const channels = (of: Alert) => messagesOf(of, route, {}).map(({ channel }) => channel);
  expect(channels({ ...alert, type: 'TCT_VIOLATION', key: 'TCT_VIOLATION/etl/7/2#predicted' })).not.toContain('cancel');
  expect(channels({ ...alert, subject: { workflowId: 'etl' } })).not.toContain('cancel');
});

it('what is over, and what somebody looks after, is told to those who were paged', () => {
  expect(resolveMessages(alert, route)).toMatchObject([
    { channel: 'pagerduty', target: 'oncall', payload: { dedup_key: alert.incident, event_action: 'resolve' } },
  ]);
  expect(acknowledgeMessages(alert, route)).toMatchObject([{ payload: { event_action: 'acknowledge' } }]);
});
