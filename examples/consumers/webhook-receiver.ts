// Receives Maestro's events over HTTP, and believes none that is not signed with the secret of the webhook.
//
//   WEBHOOK_SECRET   what `maestro webhook add` showed: whsec_..
//   PORT             where to listen; default 8090
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { HTTP, type CloudEvent } from 'cloudevents';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const { WEBHOOK_SECRET = '', PORT = '8090' } = process.env;
const webhook = new Webhook(WEBHOOK_SECRET);
/** The last events: one that comes again was handled already. In a real program a table with a unique key. */
const handled = new Set<string>();
const REMEMBERED = 10_000;

createServer((request, response) => {
  receive(request).then(
    () => response.writeHead(204).end(),
    (error: unknown) => {
      // 401: Maestro tries again later; so a secret may be set here after it was changed there.
      const status = error instanceof WebhookVerificationError ? 401 : 500;
      console.error(String(error));
      response.writeHead(status).end(String(error));
    },
  );
}).listen(Number(PORT), '127.0.0.1', () => console.log(`listens on ${PORT}`));

async function receive(request: IncomingMessage): Promise<void> {
  const body = await text(request);
  // Checks the time as well: an old message, sent again by somebody else, is refused.
  webhook.verify(body, request.headers as Record<string, string>);
  const event = HTTP.toEvent({ headers: request.headers, body }) as CloudEvent;
  if (handled.has(event.id)) return;
  console.log(`${event.type} ${event.subject} ${JSON.stringify(event.data)}`);
  handled.add(event.id);
  for (const oldest of handled) if (handled.size > REMEMBERED) handled.delete(oldest);
}
