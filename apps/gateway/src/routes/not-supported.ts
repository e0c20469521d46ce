import { MaestroError } from '@maestro/domain';
import type { Handler, Method, Route } from '../http/route.js';

/** Paths of the original's API that are not built yet, and what to use until then. */
const MISSING: readonly (readonly [Method, string, string])[] = [
  [
    'GET',
    '/workflows/instances/inline-workflow-id',
    'the artifact of the loop step names the workflow of its iterations',
  ],
  [
    'GET',
    '/workflows/{id}/instances/{instance}/inline-path',
    'the artifact of the loop step names the workflow of its iterations',
  ],
];

function refuse(method: Method, path: string, instead: string): Handler {
  return () => {
    const message = `${method} ${path} is a part of Maestro's API that is not built yet: ${instead}.`;
    throw new MaestroError('NOT_SUPPORTED', message, { metadata: { method, path } });
  };
}

/** Their queries are nobody's business: whatever they are, the answer is the same. */
const ANY_QUERY = ['version', 'workflowId', 'stepId', 'resume', 'blocking'];

/** NOT_SUPPORTED_ROUTES answer 422 and say what to use instead. */
export const NOT_SUPPORTED_ROUTES: readonly Route[] = MISSING.map(([method, path, instead]) => ({
  method,
  path,
  handle: refuse(method, path, instead),
  query: ANY_QUERY,
  needsCaller: false,
  traced: false,
}));
