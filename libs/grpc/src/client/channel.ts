import { type DescMethod, type DescService } from '@bufbuild/protobuf';
import { Client, credentials as Credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { MAX_MESSAGE_BYTES } from '../limits.js';

/**
 * Which calls are sent again when the server could not be reached (UNAVAILABLE): those whose proto says
 * `idempotency_level`, all of a service whose mutations are keyed by a request id, or none.
 */
export type RetryRule = 'idempotent' | 'all' | 'none';

export interface ChannelOptions {
  /** `host:port`, or any gRPC target (`dns:///name:port` finds all replicas). */
  readonly address: string;
  /** The services called through it: their retry rules are part of the channel. */
  readonly services: readonly DescService[];
  /** `idempotent` when absent. */
  readonly retry?: RetryRule;
  readonly credentials?: ChannelCredentials;
}

/** Channel is a set of connections to the replicas of a service, used in turn. It connects on first use. */
export interface Channel {
  readonly address: string;
  readonly transport: Client;
  close(): void;
}

const RETRY_POLICY = {
  maxAttempts: 5,
  initialBackoff: '0.05s',
  maxBackoff: '1s',
  backoffMultiplier: 2,
  retryableStatusCodes: ['UNAVAILABLE'],
};

/** createChannel opens a channel that spreads calls over all addresses, notices dead peers and reconnects for ever. */
export function createChannel(options: ChannelOptions): Channel {
  const transport = new Client(options.address, options.credentials ?? Credentials.createInsecure(), {
    'grpc.service_config': serviceConfig(options.services, options.retry ?? 'idempotent'),
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    'grpc.keepalive_time_ms': 10_000,
    'grpc.keepalive_timeout_ms': 5_000,
    // The defaults wait up to two minutes, long after a restarted service is back; this stays within what a retried call waits.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 400,
  });
  return { address: options.address, transport, close: () => transport.close() };
}

function serviceConfig(services: readonly DescService[], retry: RetryRule): string {
  const names = services.flatMap((service) =>
    service.methods
      .filter((method) => isRetried(method, retry))
      .map((method) => ({ service: service.typeName, method: method.name })),
  );
  return JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: names.length === 0 ? [] : [{ name: names, retryPolicy: RETRY_POLICY }],
  });
}

function isRetried(method: DescMethod, retry: RetryRule): boolean {
  // A stream is resumed by whoever reads it, who knows how far it came.
  if (retry === 'none' || method.methodKind !== 'unary') return false;
  return retry === 'all' || method.idempotency !== UNKNOWN_IDEMPOTENCY;
}

const UNKNOWN_IDEMPOTENCY: DescMethod['idempotency'] = 0;
