import { describe, expect, it } from 'vitest';
import { daysLeft, foldersText, originText, placeOf, seenText } from './member-words';

const DAY = 86_400_000;

/** ORG-12, ORG-13 */
describe('the words of members', () => {
  it('say how long an invitation is valid', () => {
    expect(daysLeft(14 * DAY, 0)).toBe('14 days left');
    expect(daysLeft(14 * DAY, 1)).toBe('14 days left');
    expect(daysLeft(14 * DAY, 13 * DAY + 1)).toBe('1 day left');
    expect(daysLeft(14 * DAY, 14 * DAY)).toBe('ended');
  });

  it('name the folders that are seen, and count the others', () => {
    const folders = [
      { id: '1', name: 'North' },
      { id: '2', name: 'South' },
    ];
    expect(foldersText({ every_folder: true, folders: [], other_folders: 0 })).toBe('Every folder');
    expect(foldersText({ every_folder: false, folders, other_folders: 0 })).toBe('North, South');
    expect(foldersText({ every_folder: false, folders, other_folders: 2 })).toBe('North, South, 2 more folders');
    expect(foldersText({ every_folder: false, folders: [], other_folders: 0 })).toBe('No folder');
  });

  it('name the label that made a member', () => {
    expect(originText({ origin: 'label', labels: ['north'] })).toBe('Label “north”');
    expect(originText({ origin: 'invitation', labels: [] })).toBe('Invitation');
  });

  it('say when somebody was there', () => {
    expect(seenText(null, 0)).toBe('–');
    expect(seenText(1000, 60_000)).toBe('online');
    expect(seenText(1000, 500_000)).not.toBe('online');
  });

  it('know where the workspace is reached, if anywhere', () => {
    expect(placeOf('web', 'https://flotilla.example:7080', '')).toBe('https://flotilla.example:7080');
    expect(placeOf('desktop', 'tauri://localhost', '')).toBeNull();
    expect(placeOf('desktop', 'tauri://localhost', '192.0.2.7:7080')).toBe('https://192.0.2.7:7080');
  });
});
