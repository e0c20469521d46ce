import { EventEmitter, once } from 'node:events';
import { MaestroError } from '@maestro/domain';
import { Health, HealthCheckResponse_ServingStatus as Serving } from '@maestro/proto/grpc/health/v1/health';
import { bindService, type BoundService } from '../server/handlers.js';

/**
 * HealthRegistry answers grpc.health.v1 (https://grpc.io/docs/guides/health-checking/). The empty name stands for the
 * whole server; it serves when no service is down.
 */
export class HealthRegistry {
  private readonly services = new Map<string, boolean>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private stopping = false;

  /** setServing says whether a service (its full protobuf name) takes calls. */
  setServing(service: string, serving: boolean): void {
    this.services.set(service, serving);
    this.changes.emit('change');
  }

  /** stopServing turns everything to NOT_SERVING for good: load balancers look elsewhere while calls finish. */
  stopServing(): void {
    this.stopping = true;
    this.changes.emit('change');
  }

  /** The service that a gRPC server registers. */
  bind(): BoundService {
    return bindService(Health, {
      check: (request) => {
        const status = this.statusOf(request.service);
        if (status === Serving.SERVICE_UNKNOWN) return Promise.reject(unknownService(request.service));
        return Promise.resolve({ status });
      },
      watch: (request, context) => this.watch(request.service, context.signal),
    });
  }

  private async *watch(service: string, signal: AbortSignal): AsyncGenerator<{ status: Serving }> {
    for (let last: Serving | undefined; !this.stopping || last !== Serving.NOT_SERVING;) {
      const status = this.statusOf(service);
      if (status === last) {
        await once(this.changes, 'change', { signal });
      } else {
        last = status;
        yield { status };
      }
    }
  }

  private statusOf(service: string): Serving {
    if (this.stopping) return Serving.NOT_SERVING;
    const serving = service === '' ? ![...this.services.values()].includes(false) : this.services.get(service);
    if (serving === undefined) return Serving.SERVICE_UNKNOWN;
    return serving ? Serving.SERVING : Serving.NOT_SERVING;
  }
}

function unknownService(service: string): MaestroError {
  return new MaestroError('ROUTE_NOT_FOUND', `This server has no service named '${service}'.`);
}
