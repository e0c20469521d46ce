import { MaestroError, type WorkerType } from '@maestro/domain';
import type { StepTypeRegister } from '../../ports/step-type-register.js';

/**
 * registerTypes makes step types known to definitions. Answers false when that has to be tried again, as the definition
 * service is away: a worker may run what is known already. Throws CONFLICT, INVALID_REQUEST.
 */
export async function registerTypes(register: StepTypeRegister, types: readonly WorkerType[]): Promise<boolean> {
  if (types.length === 0) return true;
  try {
    await register.register(types);
    return true;
  } catch (error) {
    if (error instanceof MaestroError && isTheWorkersFault(error)) throw error;
    return false;
  }
}

function isTheWorkersFault({ code }: MaestroError): boolean {
  return code === 'CONFLICT' || code === 'INVALID_REQUEST' || code === 'PERMISSION_DENIED';
}
