// The import assistant, from the file to the customers, as a person goes through it (CUS-20 to CUS-25).

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { enter, open } from './house.mjs';
import { chooseFile, WRONG_FILE } from './tour.mjs';
import { words } from './words.mjs';

const CUSTOMERS = 8;
const t = await words('en');

describe('the import assistant', { timeout: 300_000 }, () => {
  let house;
  before(async () => {
    house = await open({ customers: CUSTOMERS, trouble: 'none', imported: false });
  });
  after(() => house?.close());

  const stored = async () => JSON.parse(await house.flotilla('customers', 'list', '--json'));
  const problem = (page, key, args = {}) =>
    page.locator('main').getByText(t(key, args), { exact: false }).first().waitFor();

  /** CUS-20, CUS-22: every problem of every row at once, each under its cell; nothing is stored. */
  it('shows every mistake at once and stores nothing', async () => {
    const visited = await enter(house, { width: 1600, height: 1000 });
    const { page, faults, close } = visited;
    await chooseFile(visited, 'mistakes.csv', WRONG_FILE);
    for (const [key, args] of [
      ['error-field-required'],
      ['error-field-out-of-range', { least: '1', most: '65,535' }],
      ['error-field-too-many-tags', { limit: '5' }],
      ['error-import-formula'],
    ])
      await problem(page, key, args);
    await page
      .locator('main')
      .getByText(/Twin Ltd/)
      .nth(1)
      .waitFor();
    const tile = (key) =>
      page
        .getByRole('button', { name: new RegExp(t(key)) })
        .locator('b')
        .innerText();
    assert.equal(await tile('import-state-invalid'), '7');
    assert.equal(await tile('import-state-new'), '2');
    // A row that is wrong in two ways says both; one that is mended is new.
    assert.deepEqual(await stored(), []);
    assert.deepEqual(faults, []);
    await close();
  });

  /** CUS-20, CUS-21: what is wrong with the file itself is said above its rows. */
  it('says what is wrong with the file itself', async () => {
    const visited = await enter(house, { width: 1440, height: 900 });
    const { page, close } = visited;
    await chooseFile(visited, 'header.csv', 'IP Address/FQDN,Port,Label\r\n127.0.0.1,8443,One\r\n');
    const banners = page.locator('.banners .banner');
    for (const name of ['Name', 'Ipoffice Username', 'Ipoffice Password'])
      await banners.filter({ hasText: t('error-import-header-missing', { column: name }) }).waitFor();
    await banners.filter({ hasText: 'Label' }).first().waitFor();
    await chooseFile(
      visited,
      'quoting.csv',
      'IP Address/FQDN,Name,Ipoffice Username,Ipoffice Password\r\n127.0.0.1,"One,COMAdmin,secret\r\n',
    );
    await page.locator('.banners .banner.bad').first().waitFor();
    assert.deepEqual(await stored(), []);
    await close();
  });

  const HEADER = 'IP Address/FQDN,Name,Ipoffice Username,Ipoffice Password';
  // “東京” as Shift_JIS has it.
  const TOKYO = Buffer.from([0x93, 0x8c, 0x8b, 0x9e]);
  const cases = [
    [
      'shift_jis',
      'comma',
      Buffer.concat([Buffer.from(`${HEADER}\n127.0.0.1,`), TOKYO, Buffer.from(',COMAdmin,secret-1\n')]),
      '東京',
    ],
    ['utf-16le', 'comma', Buffer.from(`\ufeff${HEADER}\n127.0.0.1,Zürich,COMAdmin,secret-1\n`, 'utf16le'), 'Zürich'],
    [
      'utf-8',
      'semicolon',
      Buffer.from(`${HEADER.replaceAll(',', ';')}\r\n127.0.0.1;Nørre;COMAdmin;secret-1\r\n`),
      'Nørre',
    ],
    [
      'windows-1252',
      'tab',
      Buffer.from(`${HEADER.replaceAll(',', '\t')}\r\n127.0.0.1\tÉtude\tCOMAdmin\tsecret-1\r\n`, 'latin1'),
      'Étude',
    ],
  ];
  for (const [encoding, separator, bytes, name] of cases) {
    /** CUS-21: detected, shown, changeable. */
    it(`reads ${encoding} with ${separator}`, async () => {
      const visited = await enter(house, { width: 1440, height: 900 });
      const { page, settled, faults, close } = visited;
      await chooseFile(visited, `${encoding}.csv`, bytes);
      const shown = (key, what) => page.getByRole('button', { name: `${t(key)} ${t('import-detected', { what })}` });
      await shown('import-encoding', t(`import-encoding-${encoding}`)).waitFor();
      await shown('import-separator', t(`import-separator-${separator}`)).waitFor();
      await page.locator('main').getByText(name, { exact: true }).first().waitFor();
      if (encoding === 'shift_jis') {
        await shown('import-encoding', t(`import-encoding-${encoding}`)).click();
        await page.getByRole('menuitemradio', { name: t('import-encoding-windows-1252') }).click();
        await settled();
        assert.equal(await page.locator('main').getByText(name, { exact: true }).count(), 0);
      }
      assert.deepEqual(faults, []);
      await close();
    });
  }

  /** CUS-11, CUS-22 to CUS-24: from the file to connected customers; passwords are masked, the file's are reminded of. */
  it('tests, has certificates accepted, saves and reminds of the passwords', async () => {
    const visited = await enter(house, { width: 1440, height: 900 });
    const { page, settled, faults, close } = visited;
    const file = await readFile(`${house.folder}/customers.csv`);
    await chooseFile(visited, 'customers.csv', file);
    const password = file.toString().split('\n')[1].split(',')[4];
    assert.equal(await page.getByText(password).count(), 0, 'no password is shown');
    await page.getByRole('button', { name: t('import-test-do'), exact: true }).click();
    const untrusted = t('import-untrusted', { count: CUSTOMERS, number: String(CUSTOMERS) });
    await page.getByRole('button', { name: untrusted }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('import-certificates-all', { number: String(CUSTOMERS) })).check();
    await dialog
      .getByRole('button', { name: t('import-certificates-accept', { count: CUSTOMERS, number: String(CUSTOMERS) }) })
      .click();
    await page.getByRole('button', { name: t('import-save', { count: CUSTOMERS, number: String(CUSTOMERS) }) }).click();
    assert.deepEqual(await stored(), [], 'not before it is said');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('import-save-do', { count: CUSTOMERS, number: String(CUSTOMERS) }) })
      .click();
    await page.getByText(t('import-done-added', { count: CUSTOMERS, number: String(CUSTOMERS) })).waitFor();
    await page
      .locator('.banner')
      .filter({ hasText: t('import-file-delete-yourself') })
      .waitFor();
    const customers = await stored();
    assert.equal(customers.length, CUSTOMERS);
    assert.ok(customers.every(({ connection }) => connection === 'connected'));
    await page.getByRole('link', { name: t('import-done-customers') }).click();
    await settled();
    await page.getByText(t('list-total', { total: String(CUSTOMERS) }), { exact: true }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });
});
