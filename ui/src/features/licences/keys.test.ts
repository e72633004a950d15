import { describe, expect, it } from 'vitest';
import {
  declared,
  edited,
  isKey,
  isRight,
  isSigned,
  keyFile,
  keysOf,
  maskedKey,
  plainKey,
  problemsOf,
  readingsFor,
  rowsFor,
  type KeyRow,
} from './keys';

const row = (key: string, more: Partial<KeyRow> = {}): KeyRow => ({
  key,
  licence_type: 'core',
  purpose: 'subscription',
  term: 1,
  quantity: 10,
  order: '',
  ...more,
});

/** LIC-20 */
describe('keys of a text', () => {
  it.each([
    ['one in a line, empty lines left out', 'AB12-CD34\n\n  ef56 gh78 \r\nIJ90', ['AB12-CD34', 'ef56 gh78', 'IJ90']],
    ['a file with a head', '\uFEFFLicence key\r\nAB12-CD34\r\n', ['AB12-CD34']],
    ['a French and a Japanese head', 'Clé de licence\nAB12', ['AB12']],
    ['a Japanese head', 'ライセンスキー\nAB12', ['AB12']],
    ['quoted fields', '"key"\n"AB12-""CD34"\n', ['AB12-"CD34']],
    ['of several columns the first', 'key;order\nAB12;PO-1\nCD34,PO-2', ['AB12', 'CD34']],
    ['nothing', ' \n\n', []],
  ])('are found in %s', (_, text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  /** What is no text is not taken for keys, nor what is left of a table. */
  describe('of a file', () => {
    const bytes = (...parts: (string | number)[]): ArrayBuffer =>
      Uint8Array.from(
        parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
      ).buffer;
    const problem = (content: ArrayBuffer, cut = false) => {
      const read = keyFile(content, cut);
      return 'problem' in read ? [read.problem.code, read.problem.params] : read.text;
    };

    it('are read from UTF-8', () => {
      expect(problem(bytes('\uFEFFClé;Ordre\n"AB12";"PO-1"\n'))).toBe('Clé;Ordre\n"AB12";"PO-1"\n');
    });
    it.each([
      ['a picture', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR')],
      ['bytes that happen to be UTF-8', bytes('PK', 3, 4, 0, 0, 'AB12')],
      ['another encoding', bytes('Cl', 0xe9, '\nAB12')],
    ])('are not read from %s', (_, content) => {
      expect(problem(content)).toEqual(['licence-key.list-not-text', {}]);
    });
    it('are not read where a quotation mark is missing, and the line is said', () => {
      expect(problem(bytes('key\n"AB12"\n"CD34;PO-1\n'))).toEqual(['licence-key.list-quoting', { line: 3 }]);
    });
    it('may be cut within a character or a line', () => {
      expect(problem(bytes('"AB12\n"Cl', 0xc3), true)).toBe('"AB12\n"Cl');
    });
    it('are none where a quotation mark is left', () => {
      expect(keysOf('"AB12;PO-1').map(isKey)).toEqual([false]);
    });
  });

  it('are the same whatever their case, spaces and dashes', () => {
    expect(plainKey('ab12–cd 34')).toBe(plainKey('AB12-CD34'));
    expect(isKey('ab1')).toBe(false);
    expect(isKey('clé-ÉÉÉÉ')).toBe(false);
    expect(isKey('AB12-CD34')).toBe(true);
  });

  it('of our own begin with FLK, also where it is mistyped for what it looks like', () => {
    for (const text of ['FLK-0C0G', 'f1k 0c0g', 'F I K', 'ＦＬＫ－0']) expect(isSigned(text)).toBe(true);
    for (const text of ['FLX-0C0G', 'XFLK', '']) expect(isSigned(text)).toBe(false);
    expect(isKey(`FLK${'0'.repeat(600)}`)).toBe(true);
    expect(isKey('0'.repeat(600))).toBe(false);
  });

  it('of our own are put together where a mail program has broken them', () => {
    // 139 bytes: 223 characters in 32 groups with a check character each, after the three letters.
    const key = `FLK-0408P${'0'.repeat(250)}`;
    const parts = [key.slice(0, 60), key.slice(60, 200), key.slice(200)];
    expect(keysOf(parts.join('\n')).map(plainKey)).toEqual([plainKey(key)]);
    // What does not fit into it, or begins anew, is a key of its own.
    expect(keysOf(`${parts.join('\n')}\nAB12`).map(plainKey)).toEqual([plainKey(key), 'AB12']);
    expect(keysOf(`${parts[0]}\n${key}`)).toEqual([parts[0], key]);
  });

  it('are answered once each, also where one stands twice', () => {
    const said = (masked: string) => ({ masked, kind: 'signed' as const, held: null, problem: null });
    const answers = [said('1'), said('2'), said('3')];
    expect(readingsFor(['b', 'a', 'a', 'c'], ['a', 'b', 'a'], answers)).toEqual([
      answers[1],
      answers[0],
      answers[2],
      undefined,
    ]);
    expect(readingsFor(['a'], ['a'], undefined)).toEqual([undefined]);
  });

  it('are masked as the core masks them', () => {
    expect(maskedKey('AB12-CD34-EF56')).toBe('••••-EF56');
    expect(maskedKey('ABCD')).toBe('••••-CD');
    expect(maskedKey('')).toBe('');
  });
});

/** LIC-20, LIC-21 */
describe('rows of keys', () => {
  it('tell all that is wrong at once', () => {
    const problems = problemsOf([
      row('AB12-CD34'),
      row('ab12 cd34'),
      row('x'),
      row('EF56', { quantity: null }),
      row('x', { quantity: 0 }),
    ]);
    expect(problems).toEqual([
      {},
      { key: 'twice' },
      { key: 'unreadable' },
      { quantity: 'quantity' },
      { key: 'unreadable', quantity: 'quantity' },
    ]);
    expect(problems.map(isRight)).toEqual([true, false, false, false, false]);
  });

  it('follow what holds for all of them, but for what was stated of one alone', () => {
    const usual = { licence_type: 'core', purpose: 'subscription' as const, term: 1, quantity: 10, order: '' };
    const edits = edited(edited({}, 'AB12', { quantity: 7 }), 'ab-12', { order: 'PO-1' });
    expect(rowsFor(['CD34', 'ab12'], { ...usual, term: 3 }, edits)).toEqual([
      { ...usual, term: 3, key: 'CD34' },
      { ...usual, term: 3, quantity: 7, order: 'PO-1', key: 'ab12' },
    ]);
  });

  it('state no term of what is not for years', () => {
    expect(declared(row(' AB12 ', { purpose: 'expansion', term: 3, order: ' PO ' }))).toEqual({
      key: 'AB12',
      licence_type: 'core',
      purpose: 'expansion',
      term: 0,
      quantity: 10,
      order: 'PO',
    });
    expect(declared(row('AB12', { term: 3 })).term).toBe(3);
  });
});
