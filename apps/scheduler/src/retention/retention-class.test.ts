import { daysKept, DEFAULT_RETENTION_CLASS, RETENTION_TAGS, retentionClassOf } from './retention-class.js';

const tagged = (...names: string[]) => ({ tags: names.map((name) => ({ name })) });

describe('the retention of a workflow', () => {
  it('is the default one unless a tag names another', () => {
    expect(retentionClassOf({})).toBe(DEFAULT_RETENTION_CLASS);
    expect(retentionClassOf(tagged('retention.soon', 'team'))).toBe(DEFAULT_RETENTION_CLASS);
    expect(daysKept(DEFAULT_RETENTION_CLASS, 90)).toBe(90);
  });

  it('is the longest of its tags', () => {
    expect(daysKept(retentionClassOf(tagged('team', 'retention.7d')), 90)).toBe(7);
    expect(daysKept(retentionClassOf(tagged('retention.365d', 'retention.7d')), 90)).toBe(365);
  });

  it('has a class of its own, of the seven beside the default, for each tag', () => {
    const classes = RETENTION_TAGS.map((tag) => retentionClassOf(tagged(tag)));
    expect(new Set(classes)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
  });

  it('can be for ever, by tag, by setting, and where a newer release has made the class', () => {
    expect(daysKept(retentionClassOf(tagged('retention.forever')), 90)).toBe(Number.POSITIVE_INFINITY);
    expect(daysKept(DEFAULT_RETENTION_CLASS, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(daysKept(9, 90)).toBe(Number.POSITIVE_INFINITY);
  });
});
