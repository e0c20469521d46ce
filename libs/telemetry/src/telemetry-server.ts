import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Readiness } from './readiness.js';

export interface TelemetryServerOptions {
  readonly host: string;
  /** 0 = a free one. */
  readonly port: number;
  readonly readiness: Readiness;
  /** Answers `/metrics` in the Prometheus text format. */
  readonly metrics: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface TelemetryServer {
  /** The port it really listens on. */
  readonly port: number;
  stop(): Promise<void>;
}

/** startTelemetryServer serves `/metrics`, `/ready` (200 or 503 with reasons) and `/live` (200 while the loop turns). */
export async function startTelemetryServer(options: TelemetryServerOptions): Promise<TelemetryServer> {
  const server = createServer((request, response) => void answer(options, request, response));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  // Probes must not keep a process alive that has nothing else to do.
  server.unref();
  return { port: (server.address() as AddressInfo).port, stop: () => close(server) };
}

async function answer(
  options: TelemetryServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (request.url?.split('?')[0]) {
    case '/metrics':
      options.metrics(request, response);
      return;
    case '/live':
      json(response, 200, { live: true });
      return;
    case '/ready': {
      const report = await options.readiness.report();
      json(response, report.ready ? 200 : 503, report);
      return;
    }
    default:
      json(response, 404, { message: 'Nothing here. Try /metrics, /ready or /live.' });
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
