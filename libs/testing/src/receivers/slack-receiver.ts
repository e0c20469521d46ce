import { HttpReceiver, type ReceivedRequest, type ReceiverAnswer } from '../http-receiver.js';
import { z } from 'zod';

const text = z.strictObject({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string().min(1).max(3_000) });
const block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('header'),
    text: z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(150) }),
  }),
  z.strictObject({ type: z.literal('section'), text }),
  z.strictObject({ type: z.literal('context'), elements: z.array(text).min(1).max(10) }),
]);
const message = z.strictObject({
  text: z.string().min(1),
  blocks: z.array(block).min(1).max(50),
  channel: z.string().optional(),
});

/** SlackMessage is a message that Slack takes. */
export type SlackMessage = z.infer<typeof message>;

/** SlackReceiver takes what Slack takes at an incoming webhook (Block Kit: types, and how long texts may be), and refuses all else as Slack does. */
export class SlackReceiver extends HttpReceiver {
  readonly messages: (SlackMessage & { readonly path: string })[] = [];

  override answer = (request: ReceivedRequest): ReceiverAnswer => {
    if (request.path.endsWith('/busy')) return { status: 429, body: 'rate_limited', headers: { 'retry-after': '7' } };
    if (request.path.endsWith('/gone')) return { status: 404, body: 'no_service' };
    const read = message.safeParse(JSON.parse(request.body));
    if (!read.success) return { status: 400, body: `invalid_blocks ${read.error.message}` };
    this.messages.push({ ...read.data, path: request.path });
    return { status: 200, body: 'ok' };
  };
}
