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
    expect(detailLines('{"reason":"locked","fields":["name","port"],"was":{"port":1}}')).toEqual([
      { label: 'reason', value: 'locked' },
      { label: 'fields', value: 'name, port' },
      { label: 'was', value: '{"port":1}' },
    ]);
    expect(detailLines('not json')).toEqual([{ label: '', value: 'not json' }]);
  });
});
