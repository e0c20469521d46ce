import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  StartWorkflowRequestSchema,
  type StartWorkflowRequest,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { encodeStart } from './encode-start.js';

type Init = Exclude<MessageInitShape<typeof StartWorkflowRequestSchema>, StartWorkflowRequest>;

const by = (name: string): Pick<Init, 'initiator'> => ({
  initiator: { kind: { case: 'manual', value: { user: { name } } } },
});
const PLAIN: Init = { requestId: 'r-1', workflowId: 'wörk', version: 'active', ...by('ada') };

describe('encodeStart', () => {
  it.each<[string, Init]>([
    ['that says who starts what', PLAIN],
    ['that leaves the version out', { ...PLAIN, version: '' }],
    ['by a user without a name', { ...PLAIN, ...by('') }],
    [
      'by a user with more than a name',
      { ...PLAIN, initiator: { kind: { case: 'manual', value: { user: { name: 'a', extra: {} } } } } },
    ],
    ['by a trigger', { ...PLAIN, initiator: { kind: { case: 'time', value: { triggerUuid: 'u' } } } }],
    ['with a large id', { ...PLAIN, requestId: 'é'.repeat(2_000) }],
    ['with more than that', { ...PLAIN, runtimeTags: [{ name: 't' }], persistFailedRun: true }],
    ['at a time', { ...PLAIN, requestTime: 1_800_000_000_000n }],
  ])('writes a start %s as its contract does', (_, init) => {
    const message = create(StartWorkflowRequestSchema, init);
    const { origin } = encodeStart(message);
    expect(Buffer.from(origin)).toEqual(Buffer.from(toBinary(StartWorkflowRequestSchema, message)));
    expect(fromBinary(StartWorkflowRequestSchema, origin)).toEqual(message);
  });

  it('knows a repeat by all but its time', () => {
    const hash = (init: Init): string =>
      Buffer.from(encodeStart(create(StartWorkflowRequestSchema, init)).requestHash).toString('hex');
    expect(hash({ ...PLAIN, requestTime: 5n })).toBe(hash(PLAIN));
    expect(hash({ ...PLAIN, ...by('bob') })).not.toBe(hash(PLAIN));
  });
});
