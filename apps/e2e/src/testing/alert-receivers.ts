import { MailBox, PagerdutyReceiver, SlackReceiver, waitUntil, type Mail } from '@maestro/testing';

const ROUTING_KEY = 'R0123456789ABCDEF0123456789ABCDE';

/** AlertReceivers are a mail server, Slack and PagerDuty on real sockets. */
export class AlertReceivers {
  readonly mails = new MailBox();
  readonly slack = new SlackReceiver();
  readonly pagerduty = new PagerdutyReceiver();

  /** start answers the settings under which a notifier finds them. */
  async start(): Promise<Record<string, string>> {
    const port = await this.mails.start();
    await this.slack.start();
    await this.pagerduty.start();
    return {
      MAESTRO_NOTIFIER_SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAESTRO_NOTIFIER_SLACK_WEBHOOKS: JSON.stringify({ '*': `${this.slack.url}/all` }),
      MAESTRO_NOTIFIER_PAGERDUTY_KEYS: JSON.stringify({ oncall: ROUTING_KEY }),
      MAESTRO_NOTIFIER_PAGERDUTY_URL: `${this.pagerduty.url}/v2/enqueue`,
      MAESTRO_NOTIFIER_ALERT_DIGEST_SECONDS: '30',
      MAESTRO_NOTIFIER_DELIVERY_FIRST_RETRY_MS: '100',
      MAESTRO_NOTIFIER_DELIVERY_TRIES: '4',
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.mails.stop(), this.slack.stop(), this.pagerduty.stop()]);
  }

  /** Subjects of the e-mails to somebody, oldest first. */
  subjects(to: string): readonly string[] {
    return this.of(to).map(({ text }) => headerOf(text, 'Subject'));
  }

  /** Ids of the e-mails to somebody: a repeat has that of the first. */
  ids(to: string): readonly string[] {
    return this.of(to).map(({ text }) => headerOf(text, 'Message-ID'));
  }

  /** gets waits until somebody has so many different e-mails. */
  async gets(to: string, count: number, timeoutMs = 30_000): Promise<readonly string[]> {
    await waitUntil(() => new Set(this.ids(to)).size >= count, { timeoutMs, describe: `${to} gets ${count} e-mails` });
    return this.subjects(to);
  }

  private of(address: string): readonly Mail[] {
    return this.mails.mails.filter(({ to }) => to.includes(address));
  }
}

/** A header, unfolded. */
function headerOf(mail: string, name: string): string {
  const found = new RegExp(`^${name}: (.*(?:\r?\n[ \t].*)*)`, 'im').exec(mail)?.[1] ?? '';
  return found.replace(/\r?\n[ \t]/g, ' ');
}
