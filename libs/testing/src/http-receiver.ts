import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** ReceivedRequest is one request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** ReceiverAnswer is what a receiver says; `delayMs` makes it slow. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

/** HttpReceiver is somebody outside on a real socket, who keeps what it is sent. */
export class HttpReceiver {
  readonly requests: ReceivedRequest[] = [];
  /** What it answers; may be changed at any time. */
  answer: (request: ReceivedRequest) => ReceiverAnswer = () => ({ status: 204 });
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** start listens, after a stop again on the same port. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
        this.requests.push(received);
        const { status, body, headers: answered = {}, delayMs = 0 } = this.answer(received);
        setTimeout(() => response.writeHead(status, answered).end(body), delayMs);
      });
    }).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** stop breaks what is open, as a crash does. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
