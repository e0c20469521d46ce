/** ServiceName is one of the processes that make up a running Maestro, in the order in which they start. */
export const SERVICE_NAMES = ['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** GrpcServiceName is a service that others call by gRPC; the gateway speaks REST only. */
export const GRPC_SERVICE_NAMES = ['definition', 'scheduler', 'executor', 'signal', 'notifier'] as const;
export type GrpcServiceName = (typeof GRPC_SERVICE_NAMES)[number];

/** Ports are where everything listens. */
export interface Ports {
  readonly rest: number;
  readonly grpc: Readonly<Record<GrpcServiceName, number>>;
  /** Ports of /metrics and /ready. */
  readonly metrics: Readonly<Record<ServiceName, number>>;
}
