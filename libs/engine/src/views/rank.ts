/**
 * rankOf writes numbers so that the order of the texts is that of the numbers: the number of digits before each, `-` between them
 * (specification §6.13): 344 is "3344". From nine digits on a 9 is followed by how many more there are: ten digits are "91".
 */
export function rankOf(numbers: readonly bigint[]): string {
  return numbers.map((number) => `${lengthOf(`${number}`.length)}${number}`).join('-');
}

const lengthOf = (digits: number): string => (digits < 9 ? `${digits}` : `9${lengthOf(digits - 9)}`);

/** readRank reverses `rankOf`; undefined for a text that is no rank. */
export function readRank(rank: string): readonly bigint[] | undefined {
  const numbers = rank.split('-').map(readNumber);
  return numbers.some((number) => number === undefined) ? undefined : (numbers as bigint[]);
}

function readNumber(text: string): bigint | undefined {
  const [, length = '', digits] = /^(9*[0-8])(\d+)$/.exec(text) ?? [];
  const expected = [...length].reduce((sum, digit) => sum + Number(digit), 0);
  const rest = digits ?? '';
  return rest !== '' && rest.length === expected ? BigInt(rest) : undefined;
}
