import { MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import type { SignalDeps } from './signal-deps.js';

const DEFAULT_SIZE = 50;
const MAX_SIZE = 200;

/** listSignalNamesRpc serves ListSignalNames. */
export function listSignalNamesRpc({ signals }: SignalDeps): Handler<typeof SignalService.method.listSignalNames> {
  return async ({ prefix, after, pageSize }) => {
    const size = pageSize === 0 ? DEFAULT_SIZE : pageSize;
    if (size < 1 || size > MAX_SIZE) {
      const violations = [{ path: 'page_size', message: `must be 1..${MAX_SIZE}` }];
      throw new MaestroError('INVALID_REQUEST', `page_size must be 1..${MAX_SIZE}, not ${pageSize}.`, { violations });
    }
    const found = await signals.names({ prefix, after, limit: size + 1 });
    const names = found.slice(0, size).map(({ name, lastSeq }) => ({ name, lastSeqId: lastSeq }));
    return { names, more: found.length > size };
  };
}
