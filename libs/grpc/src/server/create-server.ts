import { type DescMethod } from '@bufbuild/protobuf';
import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { MaestroError } from '@maestro/domain';
import { type Logger, type RequestMetrics } from '@maestro/telemetry';
import { type Tracer } from '@opentelemetry/api';
import { HealthRegistry } from '../builtin/health.js';
import { bindReflection } from '../builtin/reflection.js';
import { MAX_MESSAGE_BYTES } from '../limits.js';
import { serviceDefinition } from '../service-definition.js';
import { boundCalls } from './bound-calls.js';
import { type CallRuntime, type RequestValidator } from './call-runtime.js';
import { type AnyHandler, type BoundService } from './handlers.js';
import { compose, type Interceptor } from './interceptor.js';
import { measureCalls } from './measure-calls.js';
import { serveBidiStream, serveServerStream } from './serve-stream.js';
import { serveClientStream, serveUnary } from './serve-single.js';
import { type ServerCall } from './server-call.js';
import { traceCalls } from './trace-calls.js';

export interface ServerOptions {
  /** What the server serves besides health and reflection; see bindService. */
  readonly services: readonly BoundService[];
  readonly logger: Logger;
  readonly tracer?: Tracer;
  readonly metrics?: RequestMetrics;
  /** Run in this order inside tracing, measuring and the bounds. */
  readonly interceptors?: readonly Interceptor[];
  readonly validate?: RequestValidator;
  readonly credentials?: ServerCredentials;
  /** For calls with one answer that name no deadline themselves; 30 s when absent. */
  readonly defaultDeadlineMs?: number;
  /** See CallBounds; 1,000 and 10,000 when absent. */
  readonly maxInFlight?: number;
  readonly maxStreams?: number;
}

/** GrpcServer is a server that has everything but an address. */
export interface GrpcServer {
  /** All services serve from the start; set a name to false while it cannot. */
  readonly health: HealthRegistry;
  /** listen opens `host:port` (port 0 = a free one) and answers with the port. Rejects when it is taken. */
  listen(address: string): Promise<number>;
  /**
   * drain turns health to NOT_SERVING, takes no new calls, ends streams of answers with UNAVAILABLE (their callers
   * reconnect elsewhere), lets the other calls finish, and gives up what is left after that many milliseconds.
   */
  drain(graceMs: number): Promise<void>;
}

/** createServer puts services, health and reflection on a grpc-js server. */
export function createServer(options: ServerOptions): GrpcServer {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  });
  const health = new HealthRegistry();
  const stopping = new AbortController();
  const plain = runtimeOf(options, stopping.signal, []);
  const guarded = runtimeOf(options, stopping.signal, interceptorsOf(options));
  for (const bound of options.services) {
    register(server, bound, guarded);
    health.setServing(bound.service.typeName, true);
  }
  // Probes must get an answer from an overloaded server too, and nobody wants traces of them.
  register(server, health.bind(), plain);
  register(server, bindReflection(options.services.map(({ service }) => service)), plain);
  return {
    health,
    listen: (address) => listen(server, address, options.credentials ?? ServerCredentials.createInsecure()),
    drain: (graceMs) => {
      health.stopServing();
      stopping.abort();
      endStreams(guarded.open);
      return shutDown(server, guarded.open, graceMs);
    },
  };
}

function interceptorsOf(options: ServerOptions): Interceptor[] {
  return [
    ...(options.metrics === undefined ? [] : [measureCalls(options.metrics)]),
    ...(options.tracer === undefined ? [] : [traceCalls(options.tracer)]),
    boundCalls({ maxInFlight: options.maxInFlight ?? 1_000, maxStreams: options.maxStreams ?? 10_000 }),
    ...(options.interceptors ?? []),
  ];
}

function runtimeOf(options: ServerOptions, draining: AbortSignal, interceptors: readonly Interceptor[]): CallRuntime {
  return {
    logger: options.logger,
    around: compose(interceptors),
    validate: options.validate,
    defaultDeadlineMs: options.defaultDeadlineMs ?? 30_000,
    draining,
    open: new Set(),
  };
}

function register(server: Server, bound: BoundService, runtime: CallRuntime): void {
  const implementation = Object.fromEntries(
    bound.service.methods.map((method) => {
      const handler = bound.handlers[method.localName];
      if (handler === undefined) throw new Error(`${bound.service.typeName} has no handler for ${method.localName}`);
      return [method.localName, serve(method, handler.bind(bound.handlers), runtime)];
    }),
  );
  server.addService(serviceDefinition(bound.service), implementation);
}

function serve(method: DescMethod, handler: AnyHandler, runtime: CallRuntime): UntypedHandleCall {
  switch (method.methodKind) {
    case 'unary':
      return serveUnary(method, handler, runtime);
    case 'client_streaming':
      return serveClientStream(method, handler, runtime);
    case 'server_streaming':
      return serveServerStream(method, handler, runtime);
    case 'bidi_streaming':
      return serveBidiStream(method, handler, runtime);
  }
}

function listen(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  });
}

function endStreams(open: ReadonlySet<ServerCall>): void {
  for (const call of open) {
    if (call.method.methodKind === 'server_streaming') call.abort(stoppingError());
  }
}

function stoppingError(): MaestroError {
  return new MaestroError('UNAVAILABLE', 'The service is stopping; connect again to reach another replica.');
}

function shutDown(server: Server, open: ReadonlySet<ServerCall>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      for (const call of open) call.abort(stoppingError());
      // One turn of the loop lets the answers out before the sockets close.
      setImmediate(() => server.forceShutdown());
    }, graceMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
