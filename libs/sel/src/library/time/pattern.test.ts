import { errorOf, run, value } from '../../testing/run.js';

/** 2023-11-14T22:13:20.123Z */
const INSTANT = 1_700_000_000_123;
const NOW = { nowMs: INSTANT };

const print = (pattern: string, date = `new DateTime(${INSTANT}L)`): unknown =>
  value(`DateTimeFormat.forPattern("${pattern}").print(${date})`, NOW);

const read = (pattern: string, text: string): unknown =>
  value(`DateTimeFormat.forPattern("${pattern}").parseDateTime("${text}")`, NOW);

const readError = (pattern: string, text: string): string =>
  errorOf(`DateTimeFormat.forPattern("${pattern}").parseDateTime("${text}")`, NOW).message;

describe('printing by a pattern', () => {
  it.each([
    ['yyyyMMdd', '20231114'],
    ['YYYY-MM-dd', '2023-11-14'],
    ['yy y yyyyyy', '23 2023 002023'],
    ['x xx xxxx w ww e', '2023 23 2023 46 46 2'],
    ['G CC', 'AD 20'],
    ['M MM MMM MMMM', '11 11 Nov November'],
    ['d dd D DDDD', '14 14 318 0318'],
    ['E EEE EEEE', 'Tue Tue Tuesday'],
    ['H HH k K h hh a', '22 22 22 10 10 10 PM'],
    ['m s S SS SSS SSSSSS', '13 20 1 12 123 123000'],
    ['Z ZZ ZZZ z zzzz', '+0000 +00:00 UTC UTC Coordinated Universal Time'],
    ["'it''s' ''yyyy'' -", "it's '2023' -"],
    ["h 'o''clock", "10 o'clock"],
    ['日yyyy年', '日2023年'],
  ])('%s gives %s', (pattern, text) => {
    expect(print(pattern)).toBe(text);
  });

  it('has hours that count from 0 and from 1', () => {
    const midnight = "new DateTime('2021-01-01')";
    expect(print('H k K h a', midnight)).toBe('0 24 0 12 AM');
    expect(print('H k K h a', `${midnight}.plusHours(12)`)).toBe('12 12 0 12 PM');
  });

  it('shows a date in its own zone or in that of the formatter', () => {
    const berlin = `new DateTime(${INSTANT}L, DateTimeZone.forID('Europe/Berlin'))`;
    expect(print('HH:mm Z ZZ ZZZ z zzzz', berlin)).toBe(
      '23:13 +0100 +01:00 Europe/Berlin CET Central European Standard Time',
    );
    const tokyo = "DateTimeFormat.forPattern('HH:mm ZZZ').withZone(DateTimeZone.forID('Asia/Tokyo'))";
    expect(value(`${tokyo}.print(${berlin})`)).toBe('07:13 Asia/Tokyo');
    expect(value(`${tokyo}.print(${INSTANT}L)`)).toBe('07:13 Asia/Tokyo');
  });

  it.each([
    ['America/New_York', 'EST Eastern Standard Time'],
    ['Asia/Tokyo', 'JST Japan Standard Time'],
    ['Asia/Calcutta', 'IST India Standard Time'],
    ['Africa/Johannesburg', 'SAST South Africa Standard Time'],
    ['Asia/Kathmandu', '+05:45 Nepal Time'],
    ['Etc/GMT+5', '-05:00 -05:00'],
    ['+05:30', '+05:30 +05:30'],
  ])('names the zone %s: %s', (id, names) => {
    expect(print('z zzzz', `new DateTime(${INSTANT}L, DateTimeZone.forID('${id}'))`)).toBe(names);
  });

  it('shows years before Christ with their era, or with a sign', () => {
    expect(print('G YYYY yyyy', "new DateTime('-0044-03-15')")).toBe('BC 0044 -0044');
  });

  it.each(['', 'b', 'yyyy-MM-ddThh', 'jj'])('refuses the pattern "%s"', (pattern) => {
    expect(errorOf(`DateTimeFormat.forPattern('${pattern}')`).kind).toBe('value');
  });
});

describe('reading by a pattern', () => {
  it.each([
    ['yyyyMMdd', '20231114', '2023-11-14T00:00:00.000Z'],
    ['yyyy-MM-dd', '2023-1-4', '2023-01-04T00:00:00.000Z'],
    ['yyyy', '-12023', '-12023-01-01T00:00:00.000Z'],
    ['yy', '43', '1943-01-01T00:00:00.000Z'],
    ['yy', '42', '2042-01-01T00:00:00.000Z'],
    ['yy', '+42', '0042-01-01T00:00:00.000Z'],
    ['yy', '2042', '2042-01-01T00:00:00.000Z'],
    ['yyMMdd', '231114', '2023-11-14T00:00:00.000Z'],
    ['MM-dd', '02-29', '2000-02-29T00:00:00.000Z'],
    ['d MMM yyyy', '4 nov 2023', '2023-11-04T00:00:00.000Z'],
    ['d MMM yyyy', '4 NOVEMBER 2023', '2023-11-04T00:00:00.000Z'],
    ['MMMM', 'May', '2000-05-01T00:00:00.000Z'],
    ['EEE, d MMM yyyy', 'Tuesday, 14 November 2023', '2023-11-14T00:00:00.000Z'],
    ['yyyy-MM-dd EEE', '2023-11-14 Fri', '2023-11-17T00:00:00.000Z'],
    ["xxxx-'W'ww-e", '2020-W53-7', '2021-01-03T00:00:00.000Z'],
    ['yyyy DDD', '2024 366', '2024-12-31T00:00:00.000Z'],
    ['h:mm a', '12:30 am', '1970-01-01T00:30:00.000Z'],
    ['a h:mm', 'PM 12:30', '1970-01-01T12:30:00.000Z'],
    ['kk', '24', '1970-01-01T00:00:00.000Z'],
    ['s.SSS', '1.5', '1970-01-01T00:00:01.500Z'],
    ['s.SSSSSS', '1.123456', '1970-01-01T00:00:01.123Z'],
    ['G YYYY', 'BC 0044', '-0044-01-01T00:00:00.000Z'],
    ['YYYY G', '0044 AD', '0044-01-01T00:00:00.000Z'],
    ['CC', '19', '1900-01-01T00:00:00.000Z'],
    ['HH:mm Z', '10:30 +0200', '1970-01-01T08:30:00.000Z'],
    ['HH:mmZZ', '10:30-02:30', '1970-01-01T13:00:00.000Z'],
    ['HH:mmZ', '10:30Z', '1970-01-01T10:30:00.000Z'],
    ['yyyy HH ZZZ', '2021 10 Europe/Berlin', '2021-01-01T10:00:00.000+01:00'],
    ['yyyy HH ZZZ', '2021 10 +05:30', '2021-01-01T10:00:00.000+05:30'],
    ['ZZZyyyy-HH', 'Europe/Berlin2021-10', '2021-01-01T10:00:00.000+01:00'],
    ['yyyy HH z', '2021 10 PST', '2021-01-01T10:00:00.000-08:00'],
  ])('%s reads %s as %s', (pattern, text, date) => {
    expect(read(pattern, text)).toBe(date);
  });

  it.each([
    ['yyyyMMdd', '2019010101', '"01" does not fit at character 8'],
    ['yyyyMMdd', '201901', 'it is too short'],
    ['yyyy-MM-dd', '2019/01/01', '"/01/01" does not fit at character 4'],
    ['yyyy-MM-dd', '2019-02-29', 'dayOfMonth cannot be 29: it must be in the range 1 to 28'],
    ['yyyy', '999999999', 'year cannot be 999999999'],
    ['yyyyMM', '2019x', '"x" does not fit at character 4'],
    ['hh', '13', 'clockhourOfHalfday cannot be 13: it must be in the range 1 to 12'],
    ['MMM', 'Foo', '"Foo" does not fit at character 0'],
    ['ZZZ', 'Mars/Base', '"Mars/Base" does not fit at character 0'],
    ['zzzz', 'Pacific Standard Time', 'can be printed but not read'],
    ['dddddddddddd', '111111111111', 'too large'],
  ])('%s does not read %s: %s', (pattern, text, message) => {
    expect(readError(pattern, text)).toContain(message);
  });

  it('refuses a local time that the zone skips', () => {
    const formatter = "DateTimeFormat.forPattern('yyyyMMddHH').withZone(DateTimeZone.forID('America/New_York'))";
    expect(errorOf(`${formatter}.parseMillis('2021031402')`).message).toContain('there is no 2021-03-14T02:00:00.000');
  });

  it('reads numbers as well as texts', () => {
    expect(value("DateTimeFormat.forPattern('yyyyMMdd').parseDateTime(20210704).getMillis()")).toBe(1_625_356_800_000n);
  });
});

describe('what a pattern costs', () => {
  const wide = 'y'.repeat(5_000);

  it('is paid for before a wide number is printed', () => {
    const print = `new DateTime(0).toString('${wide}').length()`;
    expect(value(print)).toBe(5_000n);
    expect(run(print, { limits: { memory: 15_000 } })).toEqual({ kind: 'exhausted', limit: 'memory' });
  });

  it('is bounded: a pattern has at most 10,000 characters', () => {
    const grow = `p = '${wide}'; p = p + p + p; return new DateTime(0).toString(p);`;
    expect(errorOf(grow).kind).toBe('limit');
  });

  it('is a lot for names of zones', () => {
    const print =
      "new DateTime(0).toString('zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z zzzz z')";
    expect(run(print, { limits: { fuel: 10_000 } })).toEqual({ kind: 'exhausted', limit: 'fuel' });
  });
});
