import { describeProfile, type CpuProfile } from './describe-profile.js';

const BUNDLE = [
  '// libs/engine/src/decide.ts',
  'function decide() {}',
  '// libs/grpc/src/pool.ts',
  'function pool() {}',
];
const node = (id: number, functionName: string, url: string, lineNumber: number, children: number[] = []) => ({
  id,
  children,
  callFrame: { functionName, url, lineNumber },
});
const PROFILE: CpuProfile = {
  nodes: [
    node(1, 'decide', 'file:///r/apps/scheduler/dist/main.js', 1),
    node(2, 'pool', 'file:///r/apps/scheduler/dist/main.js', 3, [3]),
    node(3, 'query', 'file:///r/node_modules/pg/lib/client.js', 9),
    node(4, '(idle)', '', -1),
    node(5, 'decide', 'file:///r/apps/scheduler/dist/main.js', 1),
  ],
  samples: [1, 2, 3, 4, 5],
  timeDeltas: [0, 1_000_000, 500_000, 250_000, 4_000_000, 0],
};

describe('description of a CPU profile', () => {
  const lines = describeProfile(PROFILE, (url) => (url.includes('dist/main.js') ? BUNDLE.join('\n') : undefined)).split(
    '\n',
  );

  it('leaves idle time out of the shares', () => {
    expect(lines[0]).toContain('busy 1.75 s, idle 4.00 s');
  });

  it('names the module inside the bundle and the library that a function comes from', () => {
    expect(lines.some((line) => line.endsWith('decide  libs/engine/src/decide.ts'))).toBe(true);
    expect(lines.some((line) => line.endsWith('pool  libs/grpc/src/pool.ts'))).toBe(true);
    expect(lines.some((line) => line.endsWith('query  pg/lib/client.js:10'))).toBe(true);
  });

  it('puts the dearest first, with shares of the busy time', () => {
    expect(lines[1]).toMatch(/57\.1 % {2}1\.00 s {2}libs\/engine$/);
  });

  it('adds what a function of ours calls to its own time', () => {
    const inclusive = lines.slice(lines.findIndex((line) => line.startsWith('our own functions')));
    expect(inclusive.some((line) => line.endsWith('0.75 s  pool  libs/grpc/src/pool.ts'))).toBe(true);
    expect(inclusive.some((line) => line.includes('query'))).toBe(false);
  });
});
