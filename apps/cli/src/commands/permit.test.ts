import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const permit = { tag: 'db', max_allowed: 2, held: 1, waiting: 1, modify_time: 5 };
const user = { workflow_id: 'hello', workflow_instance_id: 7, workflow_run_id: 1, step_id: 'load', step_attempt_id: 2 };

let gateway: FakeGateway;
let env: Record<string, string>;
beforeEach(async () => {
  gateway = new FakeGateway();
  env = { MAESTRO_URL: await gateway.start() };
});
afterEach(() => gateway.stop());

it('sets the limit of a tag', async () => {
  gateway.on('POST /tag-permits', json(permit));
  expect((await run(['permit', 'set', 'db', '2'], { env })).out).toBe('db: 1 of 2 held, 1 waiting\n');
  expect(gateway.requests[0]?.body).toBe('{"tag":"db","max_allowed":2}');
});

it('shows who holds and who waits, in order', async () => {
  gateway.on('GET /tag-permits/db', json({ ...permit, holders: [user], waiters: [{ ...user, step_id: 'next' }] }));
  expect((await run(['permit', 'get', 'db'], { env })).out).toBe(
    'db: 1 of 2 held, 1 waiting\nholds  hello/7/load run 1 attempt 2\nwaits  hello/7/next run 1 attempt 2, number 1\n',
  );
});

it('lists the limits and removes one', async () => {
  gateway.on('GET /tag-permits', json([permit]));
  const removed = { tag: 'db', timeline_event: { type: 'ACTION', timestamp: 1, message: 'The limit was removed.' } };
  gateway.on('DELETE /tag-permits/db', json(removed));
  expect((await run(['permit', 'list'], { env })).out).toBe('TAG  LIMIT  HELD  WAITING\ndb   2      1     1\n');
  expect((await run(['permit', 'remove', 'db'], { env })).out).toBe('The limit was removed.\n');
});

it('says what a limit is', async () => {
  expect(await run(['permit', 'set', 'db', 'two'], { env })).toMatchObject({ code: 2 });
});
