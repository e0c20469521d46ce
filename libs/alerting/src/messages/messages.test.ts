import { alertEventType, emailOf, pagerdutyTrigger, slackOf, type Alert } from '../index.js';
import { durationText } from '../time-text.js';

const alert: Alert = {
  key: 'STEP_FAILURE/etl/7/2/load',
  incident: 'STEP_FAILURE/etl/7/2/load',
  type: 'STEP_FAILURE',
  tenant: 'default',
  subject: { workflowId: 'etl', instanceId: 7n, runId: 2n, stepId: 'load' },
  time: Date.parse('2026-11-23T04:00:00Z'),
  summary: 'step etl/7/2/load failed for good',
  details: ['exit code 3 <unknown> & more'],
};

it('an e-mail says what, why, where and when', () => {
  expect(emailOf(alert, 'https://maestro.example.com/')).toEqual({
    subject: '[Maestro] step etl/7/2/load failed for good',
    text: [
      'step etl/7/2/load failed for good.',
      '',
      'exit code 3 <unknown> & more',
      '',
      'https://maestro.example.com/workflows/etl/instances/7/runs/2/steps/load',
      '',
      'STEP_FAILURE at 2026-11-23 04:00:00 UTC, tenant default',
      'STEP_FAILURE/etl/7/2/load',
      '',
    ].join('\n'),
  });
});

it('a subject is one line, whatever an error says', () => {
  const { subject } = emailOf({ ...alert, summary: `failed:\r\nBcc: all@example.com ${'x'.repeat(500)}` });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(subject).toHaveLength(200);
});

it('a message for Slack has blocks, mentions people, and lets nobody smuggle markup in', () => {
  const message = slackOf(alert, { mentionUsers: ['U0123456', '@ada', '<!channel>'], baseUrl: 'http://ui' });
  expect(message).toEqual({
    text: 'step etl/7/2/load failed for good',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'step etl/7/2/load failed for good' } },
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: [
            '<@U0123456> @ada @&lt;!channel&gt;',
            '<http://ui/workflows/etl/instances/7/runs/2/steps/load|Open>',
            'exit code 3 &lt;unknown&gt; &amp; more',
          ].join('\n'),
        },
      },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: 'STEP_FAILURE · 2026-11-23 04:00:00 UTC · default' }],
      },
    ],
  });
});

it('a message without anything to add has no empty section', () => {
  const { blocks } = slackOf({ ...alert, details: [] }, { mentionUsers: [] });
  expect(blocks).toHaveLength(2);
});

it('an event for PagerDuty has what its schema requires', () => {
  expect(pagerdutyTrigger(alert, { severity: 'CRITICAL' })).toEqual({
    event_action: 'trigger',
    payload: {
      summary: 'step etl/7/2/load failed for good',
      source: 'etl/7/2/load',
      severity: 'critical',
      timestamp: '2026-11-23T04:00:00.000Z',
      component: 'load',
      group: 'etl',
      class: 'STEP_FAILURE',
      custom_details: { tenant: 'default', key: alert.key, details: alert.details },
    },
    client: 'Maestro',
  });
  expect(
    pagerdutyTrigger({ ...alert, subject: { workflowId: 'etl' } }, { severity: 'INFO', baseUrl: 'http://ui' }),
  ).toMatchObject({
    client_url: 'http://ui/workflows/etl',
    payload: { component: 'etl', source: 'etl' },
  });
});

it('an event for programs has a type for each type of alert', () => {
  expect(alertEventType('SUCCESS_WITHIN')).toBe('io.maestro.alert.success-within');
});

it.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [3_725_000, '1 h 2 min'],
  [86_400_000, '1 d'],
  [90_061_000, '1 d 1 h'],
])('%s ms are %s', (span, text) => {
  expect(durationText(span)).toBe(text);
});
