import { readOptions, UsageError } from './options.js';

describe('options of the benchmark', () => {
  it('runs everything unless told otherwise, save what takes very long', () => {
    expect(readOptions([]).works.map(({ name }) => name)).toEqual([
      'A1',
      'A2',
      'B1',
      'B2',
      'D',
      'C1',
      'C2',
      'C3',
      'P',
      'S',
      'M',
      'F',
      'G',
      'H',
      'T3',
      'T1',
      'T2',
    ]);
  });

  it('chooses works by name and keeps their order', () => {
    expect(readOptions(['--only', 'B1,A1']).works.map(({ name }) => name)).toEqual(['A1', 'B1']);
  });

  it('takes a letter for all works that begin with it', () => {
    expect(readOptions(['--only', 'C,N']).works.map(({ name }) => name)).toEqual(['C1', 'C2', 'C3', 'N']);
  });

  it('refuses an unknown work and lists the known ones', () => {
    expect(() => readOptions(['--only', 'A1,X9'])).toThrow(
      new UsageError('--only: unknown X9. Known: A1, A2, B1, B2, D, C1, C2, C3, P, S, M, F, G, H, T3, T1, T2, N'),
    );
  });

  it('refuses an unknown service and an unknown option', () => {
    expect(() => readOptions(['--profile', 'postgres'])).toThrow(/Services: definition, scheduler/);
    expect(() => readOptions(['--fast'])).toThrow(/--only A1,B1/);
  });
});
