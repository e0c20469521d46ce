import { createHash } from 'node:crypto';
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer';
import type { Channel, Outcome } from '../../ports/channel.js';
import type { Delivery } from '../../ports/delivery.js';

export interface EmailOptions {
  /** `smtp://user:password@host:port`; absent: no e-mails. */
  readonly url?: string;
  readonly from: string;
  readonly timeoutMs: number;
}

/** EmailChannel sends e-mails over connections that it keeps. A repeat has the same Message-ID, by which mail programs show it once. */
export interface EmailChannel extends Channel {
  close(): void;
}

export function emailChannel({ url, from, timeoutMs }: EmailOptions): EmailChannel {
  const timeouts = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const transport =
    url === undefined ? undefined : createTransport({ ...timeouts, url, pool: true, maxConnections: 4 }, { from });
  return {
    name: 'email',
    send: async (delivery) => {
      if (transport === undefined)
        return { result: 'refused', reason: 'No mail server is set (MAESTRO_NOTIFIER_SMTP_URL).' };
      return sendBy(transport, delivery);
    },
    close: () => transport?.close(),
  };
}

async function sendBy(transport: Transporter, delivery: Delivery): Promise<Outcome> {
  const { subject, text } = delivery.payload as { readonly subject: string; readonly text: string };
  const messageId = `<${idOf(delivery)}@maestro>`;
  const headers = { 'Auto-Submitted': 'auto-generated', 'X-Maestro-Alert': delivery.kind };
  try {
    const info = (await transport.sendMail({
      to: delivery.target,
      subject,
      text,
      messageId,
      headers,
    })) as SentMessageInfo & {
      readonly response?: string;
    };
    return { result: 'delivered', answer: info.response ?? 'sent' };
  } catch (error) {
    return failureOf(error);
  }
}

/** What a server refuses for good (5xx) is refused, unless it is our own login that is wrong: that can be mended. */
function failureOf(error: unknown): Outcome {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const reason = message ?? String(error);
  const final = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return final ? { result: 'refused', reason } : { result: 'retry', reason };
}

function idOf({ messageId, target }: Delivery): string {
  return createHash('sha256').update(`${messageId}\n${target}`).digest('hex').slice(0, 32);
}
