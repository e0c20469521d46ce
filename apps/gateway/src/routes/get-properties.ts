import { MaestroError } from '@maestro/domain';
import { propertiesSnapshotToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** getProperties: GET /workflows/{id}/properties-snapshot/{snapshot}; only `latest`, as in the original. */
export const getProperties: Handler = async (call, { definition }) => {
  const snapshot = call.param('snapshot');
  if (snapshot !== 'latest') {
    const message = `Only the snapshot "latest" can be read by name, not "${snapshot}"; properties-history lists all.`;
    throw new MaestroError('NOT_SUPPORTED', message);
  }
  const answer = await definition.getOverview({ workflowId: call.param('id') }, call.options);
  return ok(() => propertiesSnapshotToJson(expected(answer.propertiesSnapshot, 'snapshot')));
};
