import { combineCommits, parseCommits } from './commit-account.js';

const TEXT = [
  'maestro_commit_batch_inputs_count{otel_scope_name="maestro"} 8',
  'maestro_commit_batch_inputs_sum{otel_scope_name="maestro"} 20',
  'maestro_commit_duration_ms_count{otel_scope_name="maestro"} 8',
  'maestro_commit_duration_ms_sum{otel_scope_name="maestro"} 12.5',
  'maestro_decide_duration_ms_sum 1.5',
].join('\n');

describe('commit account', () => {
  it('reads counts and sums out of the metrics, with or without labels', () => {
    expect(parseCommits(TEXT)).toEqual({ commits: 8, inputs: 20, commitMs: 12.5, decideMs: 1.5 });
  });

  it('takes missing metrics as nothing committed yet', () => {
    expect(parseCommits('')).toEqual({ commits: 0, inputs: 0, commitMs: 0, decideMs: 0 });
  });

  it('combines readings number by number', () => {
    const reading = parseCommits(TEXT);
    expect(combineCommits(reading, reading, (left, right) => left - right)).toEqual(parseCommits(''));
  });
});
