import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** GatewayRequest is a request as the fake gateway received it. */
export interface GatewayRequest {
  /** Method and path with its query: `GET /api/v3/workflows?first=50`. */
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Reply answers one request. */
export type Reply = (response: ServerResponse, request: GatewayRequest) => void;

/** json answers with a body that is sent as it is written here. */
export function json(body: string | object, status = 200): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** refusal answers with an error body of the API. */
export function refusal(httpStatus: number, code: string, message: string, violations: object[] = []): Reply {
  const errors = violations.map((violation) => JSON.stringify(violation));
  return json({ status: 'ERROR', code, message, errors, retryable: false, violations }, httpStatus);
}

/** events sends server-sent events of one name and leaves the stream open unless `end` is said. */
export function events(list: readonly object[], last: 'end' | 'stay open' = 'end', name = 'run'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const each of list) response.write(`event: ${name}\ndata: ${JSON.stringify(each)}\n\n`);
    if (last === 'end') response.end();
  };
}

/** FakeGateway is a real HTTP server with answers by method and path; queries do not count for the choice. */
export class FakeGateway {
  readonly requests: GatewayRequest[] = [];
  private readonly replies = new Map<string, Reply[]>();
  private server: Server | undefined;

  /** on adds answers to a request; the last one is given for all further requests. */
  on(route: string, ...replies: Reply[]): this {
    this.replies.set(route, [...(this.replies.get(route) ?? []), ...replies]);
    return this;
  }

  /** lines are the requests so far, without bodies. */
  get lines(): string[] {
    return this.requests.map(({ line }) => line);
  }

  async start(port = 0): Promise<string> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = { line: `${request.method} ${request.url}`, headers: request.headers, body: await text(request) };
    this.requests.push(received);
    const [route = ''] = received.line.split('?');
    const replies = this.replies.get(route.replace('/api/v3', ''));
    const reply = replies !== undefined && replies.length > 1 ? replies.shift() : replies?.[0];
    (reply ?? refusal(404, 'ROUTE_NOT_FOUND', `no route ${route}`))(response, received);
  }
}
