import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import { postgresAway } from './postgres-away.js';

const CONTEXT = {} as CallContext;
const answering = (error: Error): Promise<unknown> => postgresAway(CONTEXT, () => Promise.reject(error));

test('a call that lost Postgres may be repeated', async () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  await expect(answering(refused)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 500, cause: refused });
});

test('every other failure stays what it is', async () => {
  const errors = [new MaestroError('INVALID_REQUEST', 'connection terminated'), new Error('a defect')];
  for (const error of errors) await expect(answering(error)).rejects.toBe(error);
});
