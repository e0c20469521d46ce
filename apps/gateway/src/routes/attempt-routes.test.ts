import { testGateway } from '../testing/route-cases.js';

const gateway = testGateway();

describe('PUT /output-data', () => {
  it('passes the document on as it is, with the token of the caller', async () => {
    gateway().serve({ putOutputData: async () => ({ attemptId: '7-0-1' }) });
    const body = '{"params": {"n": 9007199254740993}}';
    const headers = { authorization: 'Bearer t0ken' };
    const { status, json } = await gateway().send('PUT', '/output-data', { body, headers, caller: null });
    expect([status, json]).toEqual([200, { attempt_id: '7-0-1' }]);
    const request = gateway().calls[0]?.request as unknown as { token: string; documentJson: Uint8Array };
    expect([request.token, Buffer.from(request.documentJson).toString()]).toEqual(['t0ken', body]);
  });
});

describe('POST /callbacks/{attempt}', () => {
  const serve = () => gateway().serve({ callBack: async () => ({ repeated: false }) });
  const post = (path: string, options: object = {}) =>
    gateway().send('POST', `/callbacks/${path}`, { body: '{}', caller: null, ...options });
  const proof = () => (gateway().calls[0]?.request as unknown as { proof: unknown }).proof;

  it('takes the token from the URL or from the header, whatever the type of the body', async () => {
    serve();
    const { status, json } = await post('7-0-1?token=t0ken', { headers: { 'content-type': 'text/plain' } });
    expect([status, json]).toEqual([200, { accepted: true, repeated: false }]);
    expect(proof()).toEqual({ case: 'token', value: 't0ken' });
    serve();
    await post('7-0-1', { headers: { authorization: 'Bearer t0ken' } });
    expect(proof()).toEqual({ case: 'token', value: 't0ken' });
  });

  it('takes a signature of the body, which is passed on byte by byte', async () => {
    serve();
    const headers = { 'maestro-signature': `sha256=${'ab'.repeat(32)}` };
    await post('7-0-1', { headers, body: '{ "state" : "DONE" }' });
    expect(proof()).toEqual({ case: 'signature', value: Buffer.alloc(32, 0xab) });
    const { body } = gateway().calls[0]?.request as unknown as { body: Uint8Array };
    expect(Buffer.from(body).toString()).toBe('{ "state" : "DONE" }');
  });

  it('refuses a body over the limit', async () => {
    serve();
    expect((await post('7-0-1', { body: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413);
  });
});
