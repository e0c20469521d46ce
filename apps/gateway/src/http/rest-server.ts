import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connections } from './connections.js';
import { handleRequest, type RequestHandlerOptions } from './request-handler.js';
import { InFlight } from './in-flight.js';

/** RestServerOptions: `maxInFlight` requests are worked on at once, streams included. */
export interface RestServerOptions extends Omit<RequestHandlerOptions, 'inFlight' | 'draining'> {
  readonly maxInFlight: number;
}

/** RestServer is an HTTP server that can drain. */
export interface RestServer {
  /** Opens the port (0 = a free one) and answers with it; rejects when it is taken. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new connections, ends streams, lets requests finish for that many milliseconds, then closes the rest. */
  drain(graceMs: number): Promise<void>;
}

/** Milliseconds in which a client must have sent its headers, and its whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than common proxies keep idle connections, so that they close first and never write into a closed one. */
const KEEP_ALIVE_MS = 75_000;

/** restServer puts the routes on a node server; it listens on `listen`. */
export function restServer(options: RestServerOptions): RestServer {
  const draining = new AbortController();
  const inFlight = new InFlight(options.maxInFlight);
  const handler: RequestHandlerOptions = { ...options, inFlight, draining: draining.signal };
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  const connections = new Connections(server);
  server.on('request', (request, response) => {
    connections.answering(response);
    void handleRequest(handler, request, response);
  });
  return {
    listen: (host, port) => listen(server, host, port),
    drain: (graceMs) => {
      draining.abort();
      return connections.drain(graceMs);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(inUse(error) ? portInUse(host, port, error) : error));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

const inUse = (error: Error): boolean => 'code' in error && error.code === 'EADDRINUSE';

function portInUse(host: string, port: number, cause: Error): Error {
  return new Error(`Port ${port} of ${host} is in use; choose another with --rest-port or MAESTRO_REST_PORT.`, {
    cause,
  });
}
