import { checkWebhook, type WebhookFields } from './check-webhook.js';

const secret = `whsec_${Buffer.alloc(24).toString('base64')}`;

test('what is right passes', () => {
  checkWebhook({
    url: 'https://example.com/h?x=1',
    eventTypes: ['io.maestro.run.*', '*'],
    workflowIds: ['etl.*'],
    secret,
  });
  checkWebhook({});
});

test.each<[WebhookFields, string]>([
  [{ url: 'example.com' }, 'url is not a URL'],
  [{ url: 'ftp://example.com' }, 'url must begin with https://'],
  [{ url: 'https://ada:pw@example.com' }, 'must not hold a login'],
  [
    { eventTypes: ['io.maestro.runs.*'] },
    'event_types[0] "io.maestro.runs.*" is no type of event; types are io.maestro.workflow.pushed',
  ],
  [{ workflowIds: [''] }, 'workflow_ids[0] must have 1 to 256'],
  [{ workflowIds: new Array<string>(101).fill('a') }, 'more than 100'],
  [{ description: 'x'.repeat(1_001) }, 'description is longer'],
  [{ secret: 'hunter2' }, 'secret must be whsec_'],
  [{ secret: `whsec_${Buffer.alloc(23).toString('base64')}` }, 'secret must be whsec_'],
])('%j is refused: %s', (fields, message) => {
  expect(() => checkWebhook(fields)).toThrow(message);
});
