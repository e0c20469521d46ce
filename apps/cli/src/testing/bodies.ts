/** Bodies of the API as the fake gateway sends them; numbers beyond a double are written by the tests that need them. */

/** versionBody is a stored version of the workflow `hello`. */
export function versionBody(version: number, workflow: object = {}): object {
  return {
    properties_snapshot: {
      workflow_id: 'hello',
      create_time: version,
      author: 'ann',
      owner: 'ann',
      run_strategy: { rule: 'SEQUENTIAL', workflow_concurrency: 1 },
    },
    metadata: { workflow_id: 'hello', workflow_version_id: version, create_time: 1777636620000, version_author: 'ann' },
    workflow: {
      id: 'hello',
      params: { limit: { type: 'LONG', value: 5 }, day: { type: 'STRING', value: 'x' } },
      steps: [
        { step: { id: 'greet', type: 'NoOp', transition: { successors: { a: 'limit > 1', b: 'true' } } } },
        { step: { id: 'a', type: 'NoOp' } },
        { step: { id: 'b', type: 'NoOp' } },
      ],
      ...workflow,
    },
    is_active: true,
    is_latest: true,
    is_default: true,
  };
}

/** instanceBody is instance 7 of `hello`. */
export function instanceBody(status: string, more: object = {}): object {
  const ended = ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(status) ? { end_time: 1777636799000 } : {};
  return {
    workflow_id: 'hello',
    workflow_instance_id: 7,
    workflow_run_id: 1,
    workflow_version_id: 2,
    status,
    initiator: { type: 'MANUAL', user: 'ann' },
    create_time: 1777636795000,
    start_time: 1777636795000,
    ...ended,
    ...more,
  };
}

/** stepBody is a step of instance 7 of `hello`. */
export function stepBody(id: string, status: string, message?: string, attempt = 1): object {
  return {
    workflow_id: 'hello',
    workflow_instance_id: 7,
    workflow_run_id: 1,
    step_id: id,
    step_attempt_id: attempt,
    runtime_state: { status, start_time: 1777636796000, modify_time: 1777636797000, end_time: 1777636797000 },
    ...(message === undefined ? {} : { timeline: [{ type: 'DETAILS', timestamp: 1777636797000, message }] }),
  };
}
