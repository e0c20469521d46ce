import { messagesOf, resolveMessages, routeOf, type Alert } from '@maestro/alerting';
import type { Alerting, Json } from '@maestro/domain';
import { MailBox, PagerdutyReceiver, SlackReceiver } from '@maestro/testing';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Channel } from '../ports/channel.js';
import type { Delivery } from '../ports/delivery.js';
import { pagerdutyChannel } from './http/pagerduty-channel.js';
import { slackChannel } from './http/slack-channel.js';
import { emailChannel, type EmailChannel } from './smtp/email-channel.js';

const alert: Alert = {
  key: 'STEP_FAILURE/etl/7/2/load#1',
  incident: 'STEP_FAILURE/etl/7/2/load',
  type: 'STEP_FAILURE',
  tenant: 'default',
  subject: { workflowId: 'etl', instanceId: 7n, runId: 2n, stepId: 'load' },
  time: 1_790_000_000_000,
  summary: 'step etl/7/2/load failed for good: FATALLY_FAILED, attempt 1',
  details: ['exit code 3 <nil> & äöü', 'line\nwith a break'],
};
const KEY = 'R0123456789ABCDEF0123456789ABCDE';
const signal = (): AbortSignal => AbortSignal.timeout(10_000);

/** As they come back from the table. */
function deliveries(of: Alert, alerting: Alerting, messages = messagesOf): readonly Delivery[] {
  return messages(of, routeOf(alerting, of.type), { baseUrl: 'https://maestro.example.com' }).map((message, index) => ({
    ...message,
    payload: parseExactJson(exactJsonText(message.payload as Json)),
    key: BigInt(index),
    attempt: 1,
    createTime: 0,
    pendingSince: 0,
  }));
}

const sendAll = (channel: Channel, all: readonly Delivery[]) =>
  Promise.all(all.map((each) => channel.send(each, signal())));

describe('e-mail', () => {
  const channels: EmailChannel[] = [];
  const boxes: MailBox[] = [];
  afterEach(async () => {
    jest.restoreAllMocks();
    channels.splice(0).forEach((channel) => channel.close());
    await Promise.all(boxes.splice(0).map((box) => box.stop()));
  });

  async function open(box: MailBox, user = '', query = '') {
    boxes.push(box);
    const url = `smtp://${user}127.0.0.1:${await box.start()}${query}`;
    const channel = emailChannel({ url, from: 'Maestro <maestro@example.com>', timeoutMs: 5_000 });
    channels.push(channel);
    return channel;
  }

  it('arrives, and a repeat has the same Message-ID', async () => {
    const box = new MailBox();
    const channel = await open(box);
    const [email] = deliveries(alert, { emails: ['ada@example.com'] });
    if (email === undefined) throw new Error('no e-mail');
    expect(await sendAll(channel, [email, email])).toMatchObject([{ result: 'delivered' }, { result: 'delivered' }]);
    expect(box.mails[0]).toMatchObject({ from: 'maestro@example.com', to: ['ada@example.com'] });
    const [first, second] = box.mails.map(({ text }) => /^Message-ID: (<\w+@maestro>)/im.exec(text)?.[1]);
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect(box.mails[0]?.text).toContain('Auto-Submitted: auto-generated');
    expect(box.mails[0]?.text).toMatch(/^Subject: \[Maestro\] step etl\/7\/2\/load failed for good/m);
  });

  it('logs in and turns to TLS where that is asked for', async () => {
    // The server warns that its certificate is one for tests.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const box = new MailBox({
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'maestro' && password === 's:cret' ? done(null, { user: username }) : done(new Error('no')),
    });
    const channel = await open(box, 'maestro:s%3Acret@', '?requireTLS=true&tls.rejectUnauthorized=false');
    expect(await sendAll(channel, deliveries(alert, { emails: ['ada@example.com'] }))).toMatchObject([
      { result: 'delivered' },
    ]);
    expect(box.mails).toMatchObject([{ user: 'maestro', secure: true }]);
  });

  it('is tried again when the login is refused, for that can be mended', async () => {
    const box = new MailBox({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error('no')),
      allowInsecureAuth: true,
    });
    const channel = await open(box, 'maestro:wrong@');
    expect(await sendAll(channel, deliveries(alert, { emails: ['ada@example.com'] }))).toMatchObject([
      { result: 'retry' },
    ]);
  });

  it('is refused for whom the server does not know, and tried again where it is busy or away', async () => {
    const box = new MailBox();
    const channel = await open(box);
    const to = deliveries(alert, { emails: ['nobody@example.com', 'busy@example.com'] });
    expect(await sendAll(channel, to)).toMatchObject([{ result: 'refused' }, { result: 'retry' }]);
    await box.stop();
    boxes.splice(0);
    expect(await sendAll(channel, to)).toMatchObject([{ result: 'retry' }, { result: 'retry' }]);
  });

  it('is refused while no server is set', async () => {
    const channel = emailChannel({ from: 'a@b.c', timeoutMs: 1 });
    expect(await sendAll(channel, deliveries(alert, { emails: ['ada@example.com'] }))).toEqual([
      { result: 'refused', reason: 'No mail server is set (MAESTRO_NOTIFIER_SMTP_URL).' },
    ]);
  });
});

describe('Slack', () => {
  const slack = new SlackReceiver();
  beforeAll(() => slack.start());
  afterAll(() => slack.stop());

  it('gets blocks that it takes, at the webhook of the channel or at the common one', async () => {
    const channel = slackChannel({ '#data': `${slack.url}/data`, '*': `${slack.url}/all` });
    const alerting = { slack: { channels: ['#data', '#ops'], users: ['ada'], mentionUsers: ['U0123456'] } };
    const long = { ...alert, summary: 'x'.repeat(4_000), details: ['<'.repeat(4_000)] };
    for (const each of [alert, long, { ...alert, details: [] }]) {
      const outcomes = await sendAll(channel, deliveries(each, alerting));
      expect(outcomes).toEqual(Array(3).fill({ result: 'delivered', answer: '200 ok' }));
    }
    const firsts = slack.messages.slice(0, 3).map(({ path, channel: to }) => `${path} ${to}`);
    expect(firsts.sort()).toEqual(['/all #ops', '/all @ada', '/data undefined']);
  });

  it('is asked again when it is busy, as late as it says, and never where the webhook is gone or none is set', async () => {
    const channel = slackChannel({ '#busy': `${slack.url}/busy`, '#gone': `${slack.url}/gone` });
    expect(await sendAll(channel, deliveries(alert, { slack: { channels: ['#busy', '#gone', '#none'] } }))).toEqual([
      { result: 'retry', reason: '429 rate_limited', afterMs: 7_000 },
      { result: 'refused', reason: '404 no_service' },
      { result: 'refused', reason: 'No webhook is set for #none (MAESTRO_NOTIFIER_SLACK_WEBHOOKS).' },
    ]);
  });
});

describe('PagerDuty', () => {
  const pagerduty = new PagerdutyReceiver();
  const open = (): Promise<boolean> => Promise.resolve(false);
  beforeAll(() => pagerduty.start());
  afterAll(() => pagerduty.stop());

  it('gets events of its schema: one incident is opened and resolved', async () => {
    const channel = pagerdutyChannel({ url: `${pagerduty.url}/v2/enqueue`, keys: { oncall: KEY }, isResolved: open });
    const alerting = { pagerduties: ['oncall'], pagerdutyConfig: { severity: 'WARNING' } } as const;
    const longest = 'w'.repeat(128);
    const incident = `STEP_FAILURE/${longest}/7/2/${longest}`;
    for (const each of [alert, { ...alert, incident, summary: 'x'.repeat(4_000) }]) {
      expect(await sendAll(channel, deliveries(each, alerting))).toMatchObject([{ result: 'delivered' }]);
      const resolving = deliveries(each, alerting, resolveMessages);
      expect(await sendAll(channel, resolving)).toMatchObject([{ result: 'delivered' }]);
    }
    const [opened, resolved, longOpened, longResolved] = pagerduty.events;
    expect(opened).toMatchObject({
      dedup_key: alert.incident,
      event_action: 'trigger',
      payload: { severity: 'warning' },
    });
    expect(resolved).toEqual({ routing_key: KEY, dedup_key: alert.incident, event_action: 'resolve' });
    expect(longResolved?.dedup_key).toBe(longOpened?.dedup_key);
  });

  it('is refused for what it does not take, and for services without a key; it is tried again where it is away', async () => {
    const channel = pagerdutyChannel({
      url: `${pagerduty.url}/v2/enqueue`,
      keys: { wrong: 'short', oncall: KEY },
      isResolved: open,
    });
    const [unknown, wrong] = await sendAll(channel, deliveries(alert, { pagerduties: ['other', 'wrong'] }));
    expect(unknown).toEqual({
      result: 'refused',
      reason: 'No routing key is set for "other" (MAESTRO_NOTIFIER_PAGERDUTY_KEYS).',
    });
    expect(wrong).toEqual({
      result: 'refused',
      reason: expect.stringContaining('400 {"status":"invalid event"') as string,
    });
    const away = pagerdutyChannel({ url: 'http://127.0.0.1:1/', keys: { oncall: KEY }, isResolved: open });
    const [delivery] = deliveries(alert, { pagerduties: ['oncall'] });
    if (delivery === undefined) throw new Error('no event');
    await expect(away.send(delivery, signal())).rejects.toThrow();
  });

  it('is not told of what is over already; its end is told all the same', async () => {
    const isResolved = (): Promise<boolean> => Promise.resolve(true);
    const channel = pagerdutyChannel({ url: `${pagerduty.url}/v2/enqueue`, keys: { oncall: KEY }, isResolved });
    const alerting = { pagerduties: ['oncall'] };
    const all = [...deliveries(alert, alerting), ...deliveries(alert, alerting, resolveMessages)];
    expect(await sendAll(channel, all)).toMatchObject([{ result: 'refused' }, { result: 'delivered' }]);
  });
});
