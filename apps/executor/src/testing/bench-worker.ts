import { worker } from '@maestro/worker';

/** The trivial step of bench-workers.ts. */
worker({
  address: process.env['MAESTRO_EXECUTOR_ADDRESS'] ?? '',
  slots: Number(process.env['MAESTRO_WORKER_SLOTS'] ?? '256'),
  types: { 'bench-ts': { run: () => undefined } },
  say: () => undefined,
});
