import { Metadata } from '@grpc/grpc-js';
import { askingOf, TENANT_KEY } from './asking-of.js';

test('a call says who asks and for which tenant; without one it is the default tenant', () => {
  const metadata = new Metadata();
  expect(askingOf({ caller: 'ada', metadata }, 'r')).toEqual({ author: 'ada', tenant: 'default', requestId: 'r' });
  metadata.set(TENANT_KEY, 'data');
  expect(askingOf({ caller: 'ada', metadata }, '').tenant).toBe('data');
});

test('a change by nobody is refused', () => {
  const nobody = { caller: undefined, metadata: new Metadata() };
  expect(() => askingOf(nobody, 'r')).toThrow('maestro-caller');
});
