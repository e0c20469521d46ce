import { parseReplySubject } from './delivery.js';

describe('the reply subject of a delivery', () => {
  it('holds the number of deliveries and the time of storing', () => {
    const reply = '$JS.ACK.MAESTRO_TASKS.default--shell.3.17.20.1763837341123456789.0';
    expect(parseReplySubject(reply)).toEqual({ deliveries: 3, storedAt: 1763837341123 });
  });

  it('is also read in the longer form of newer servers', () => {
    const reply = '$JS.ACK._.ACCOUNT.MAESTRO_TASKS.default--shell.1.17.20.1763837341123456789.0.token';
    expect(parseReplySubject(reply)).toEqual({ deliveries: 1, storedAt: 1763837341123 });
  });

  it('is nothing else', () => {
    for (const reply of ['_INBOX.a.b', '$JS.ACK.S.C.1', '']) expect(parseReplySubject(reply)).toBeUndefined();
  });
});
