import { paginationToJson, workflowSummaryToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

const PAGE_SIZE = 50;

/** listWorkflows: GET /workflows, newest change first; text is a part of id, name or description. */
export const listWorkflows: Handler = async (call, { definition }) => {
  const { query } = call;
  const active = query.optionalFlag('active');
  const filter = {
    text: query.text('text'),
    owner: query.text('owner'),
    tag: query.text('tag'),
    tenant: query.text('tenant'),
    ...(active === undefined ? {} : { active }),
  };
  const answer = await definition.listWorkflows({ filter, page: query.page(PAGE_SIZE) }, call.options);
  return ok(() => paginationToJson(answer.workflows.map(workflowSummaryToJson), answer.page));
};
