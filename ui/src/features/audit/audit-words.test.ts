import { describe, expect, it } from 'vitest';
import { actWords, detailLines, originWords, whoWords } from './audit-words';

/** ADM-20 */
describe('the words of an audit entry', () => {
  it('names acts, and shows one without words by its name', () => {
    expect(actWords('customers.save')).toBe('Customer saved');
    expect(actWords('later.unknown')).toBe('later.unknown');
  });

  it('names this machine, and shows addresses as they are', () => {
    expect(originWords('desktop')).toBe('This computer');
    expect(originWords('command-line')).toBe('Command line');
    expect(originWords('192.0.2.7')).toBe('192.0.2.7');
    expect(whoWords('', 'service')).toBe('Flotilla');
    expect(whoWords('', '192.0.2.7')).toBe('Nobody signed in');
  });

  it('reads details whatever they are', () => {
    expect(detailLines('{}')).toEqual([]);
    expect(
      detailLines(
        '{"reason":"password","error":"account.last-administrator","systems":1482,"erased":true,"was":{"port":1}}',
      ),
    ).toEqual([
      { label: 'reason', value: 'wrong password' },
      { label: 'error', value: 'At least one enabled administrator must remain' },
      { label: 'systems', value: '1,482' },
      { label: 'personal data erased', value: 'Yes' },
      { label: 'was', value: '{"port":1}' },
    ]);
    // A value that only looks like a key says nothing it should not.
    expect(detailLines('{"reason":"something else"}')).toEqual([{ label: 'reason', value: 'something else' }]);
    expect(detailLines('not json')).toEqual([{ label: '', value: 'not json' }]);
  });
});
