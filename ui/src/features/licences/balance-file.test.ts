import { describe, expect, it, test } from 'vitest';
import { decoded, problemsIn, readBalances } from './balance-file';
import { lineOf, NEEDED, problemsOf } from './opening';
import { NEEDED as COMPARED, shownLine, unclear } from './reconciling';
import { productDetails } from './testing';

const { terms, today } = productDetails();
const read = (text: string, lastYear: number | null = 5) => readBalances(text, terms, COMPARED, lastYear);

/** LIC-64, LIC-66 */
describe('a file with lots', () => {
  it('is read with types by their name and a column for each year', () => {
    const text =
      'key;type;term;order;redeemed;wallet;0;1\r\n"AB;12";Core;3;"PO\r\n1";2024-02-01;1 004;10;\r\n;;;;;;;\r\n';
    const { head, rows } = readBalances(text, terms, NEEDED, null);
    expect(head).toBeNull();
    expect(rows).toEqual([
      {
        line: 2,
        row: {
          key: 'AB;12',
          licence_type: 'core',
          term: 3,
          order: 'PO\r\n1',
          redeemed: '2024-02-01',
          wallet: 1004,
          years: { 0: 10, 1: null },
        },
      },
    ]);
    const [first] = rows;
    expect(first && lineOf(first.row).years).toEqual([{ year: 0, quantity: 10 }]);
    expect(first && problemsOf(first.row, terms, today)).toEqual([]);
  });

  test.each([
    ['sep=;\r\ntype;term;wallet\r\nCore;1;5\r\n', 3],
    ['\uFEFFtype,term,wallet,order\nCore,1,5,"a;b;c"\n', 2],
    ['\n\ntype\tterm\twallet\t\t\n\nCore\t1\t5\t\t\n', 5],
    ['type;term;wallet\rCore;1;5', 2],
  ])('of a spreadsheet program is read as it means it', (text, line) => {
    const { head, problems, rows } = read(text);
    expect({ head, problems }).toEqual({ head: null, problems: [] });
    expect(rows.map((one) => [one.line, one.row.wallet])).toEqual([[line, 5]]);
  });

  test.each([
    ['key;order\nA;B', 'missing', ['type', 'term']],
    ['type;term;Year 1;wallet\nCore;1;2;3', 'unknown', ['year 1']],
    ['type;term;9\nCore;1;2', 'unknown', ['9']],
    ['type;term;1;01\nCore;1;2;3', 'twice', ['1']],
  ])('whose head is not clear is not read: %j', (text, problem, columns) => {
    expect(read(text)).toEqual({ head: { problem, columns }, problems: [], rows: [] });
  });

  test.each([
    ['Core;1;"5', 'quote'],
    ['Core;1;5;;x', 'cells'],
    ['Submarine;1;5;', 'type'],
    ['Core;one;5;', 'term'],
    ['Core;1;1e3;', 'number'],
    ['Core;1;0x1;', 'number'],
    ['Core;1;-1;', 'number'],
    ['Core;1;1000001;', 'number'],
    ['Core;1;1.234;', 'number'],
    ['Core;1;5;28.02.2025', 'day'],
    ['Core;1;5;2025-02-29', 'day'],
  ])('names its line: %s', (line, problem) => {
    const text = `type;term;wallet;redeemed\nCore;1;5;2024-02-29\n\n${line}`;
    expect(read(text).problems).toEqual([{ line: 4, problem }]);
    expect(problemsIn(read(text))[0]).toContain('Line 4');
  });

  it('names texts that are too long or hold control characters', () => {
    for (const order of ['x'.repeat(255), 'a\0b'])
      expect(read(`type;term;wallet;order\nCore;1;5;${order}`).problems).toEqual([{ line: 2, problem: 'text' }]);
  });

  it('is decoded as it was written', () => {
    const bytes = (...some: number[]): ArrayBuffer => new Uint8Array(some).buffer;
    expect(decoded(bytes(0xc3, 0xa9))).toBe('é');
    expect(decoded(bytes(0xe9))).toBe('é');
    expect(decoded(bytes(0xff, 0xfe, 0xe9, 0))).toBe('é');
  });
});

/** LIC-66 */
describe('what is compared', () => {
  it('tells a number, and keys that end apart', () => {
    const { rows } = read(
      'key;type;term;wallet\nABCD-1111;Core;1;\nZZZZ-2222;Core;1;3\nyyyy 2222;Core;1;4\nzzzz 2222;Core;1;4',
    );
    expect(unclear(rows).map((words) => words.slice(0, 7))).toEqual(['Line 2:', 'Line 4:', 'Line 5:']);
  });

  it('leaves out years that are over', () => {
    const [one] = read('type;term;wallet;0;1;2\nCore;2;;5;0;').rows;
    expect(one && shownLine(one.row, 1).years).toEqual([
      { year: 0, quantity: 5 },
      { year: 1, quantity: 0 },
    ]);
    expect(one && shownLine(one.row, 2).years).toEqual([{ year: 1, quantity: 0 }]);
  });
});
