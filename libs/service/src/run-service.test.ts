import { defineConfig, integer, setting } from '@maestro/config';
import { runService, type ServiceProgram } from './run-service.js';

const config = defineConfig({
  program: 'maestro-toy',
  doc: 'plays',
  settings: {
    toys: setting({
      flag: 'toys',
      env: 'MAESTRO_TOYS',
      schema: integer({ min: 1, max: 9 }),
      doc: 'how many',
      example: '3',
    }),
  },
});

class FakeHost {
  readonly argv: readonly string[];
  readonly said: string[] = [];
  readonly complained: string[] = [];
  readonly signals = new Map<string, () => void>();
  readonly ended: Promise<number>;
  exit!: (code: number) => void;
  readonly stdout = { write: (text: string) => this.said.push(text) };
  readonly stderr = { write: (text: string) => this.complained.push(text) };

  constructor(
    words: readonly string[],
    readonly env = {},
  ) {
    this.argv = ['node', 'main.js', ...words];
    this.ended = new Promise((resolve) => (this.exit = resolve));
  }

  once(signal: string, stop: () => void): void {
    this.signals.set(signal, stop);
  }
}

function program(
  acts: string[],
  stop = async (): Promise<void> => void acts.push('stopped'),
): ServiceProgram<typeof config.settings> {
  return {
    config,
    compose: ({ toys }) => ({ start: async () => acts.push(`serves ${toys}`), stop }),
    migrate: async ({ toys }, log) => log(`migrated ${toys}`),
  };
}

test('serves with its configuration until a signal, then drains and exits with 0', async () => {
  const acts: string[] = [];
  const host = new FakeHost(['--toys', '2']);
  await runService(program(acts), host);
  expect(acts).toEqual(['serves 2']);
  host.signals.get('SIGTERM')?.();
  expect(await host.ended).toBe(0);
  expect(acts).toEqual(['serves 2', 'stopped']);
});

test('--migrate migrates and serves nothing, --help starts nothing at all', async () => {
  const acts: string[] = [];
  const [migrating, helping] = [new FakeHost(['--migrate'], { MAESTRO_TOYS: '3' }), new FakeHost(['--help'])];
  await runService(program(acts), migrating);
  await runService(program(acts), helping);
  expect(migrating.said).toEqual(['migrated 3\n']);
  expect(helping.said.join('')).toContain('maestro-toy: plays');
  expect(acts).toEqual([]);
});

test('a bad configuration and an end that fails are told, with exit code 1', async () => {
  const wrong = new FakeHost(['--toys', '10']);
  await runService(program([]), wrong);
  expect(await wrong.ended).toBe(1);
  expect(wrong.complained.join('')).toContain('--toys');
  const stuck = new FakeHost(['--toys', '1']);
  await runService(
    program([], () => Promise.reject(new Error('the pool is stuck'))),
    stuck,
  );
  stuck.signals.get('SIGINT')?.();
  expect(await stuck.ended).toBe(1);
  expect(stuck.complained.join('')).toContain('the pool is stuck');
});
