// Devices of one organization as they are imported from a file (DEV-04).

import { commandsOf, type Importable } from '$features/imports/importable';
import { call } from '$shared/data.svelte';
import ImportPlace from './ImportPlace.svelte';
import ImportPlaceLine from './ImportPlaceLine.svelte';
import { importPath } from './index';

export const devices: Importable = {
  name: 'devices',
  commands: commandsOf('devices'),
  open: (upload, { organization, folder }) => call('devices.import_open', { upload, organization, folder }),
  path: importPath,
  home: { path: '/systems', label: 'nav-systems' },
  done: {
    added: 'import-done-added-devices',
    updated: 'import-done-updated-devices',
    unchanged: 'import-done-unchanged-devices',
  },
  // All of these and the test stand beside each other in a window 1280 wide with the navigation unfolded; in narrower ones no head
  // is left that shows less than can be pressed.
  columns: [
    { field: 'host', width: 'minmax(112px, 1fr)' },
    { field: 'port', width: '84px' },
    { field: 'name', width: 'minmax(132px, 1fr)' },
    { field: 'folder', width: 'minmax(170px, 1.4fr)' },
    { field: 'user_name', width: 'minmax(94px, 0.6fr)' },
    { field: 'password', width: 'minmax(92px, 0.5fr)' },
  ],
  more: [],
  header: [
    { column: 'host', name: 'Address' },
    { column: 'port', name: 'Port' },
    { column: 'name', name: 'Name' },
    { column: 'folder', name: 'Folder' },
    { column: 'user_name', name: 'User name' },
    { column: 'password', name: 'Password' },
  ],
  required: ['host', 'user_name', 'password'],
  needed: ['host'],
  form: [
    { field: 'host' },
    { field: 'name', hint: 'devices-name-hint' },
    { field: 'folder', hint: 'import-folder-hint' },
    { field: 'user_name' },
    { field: 'password' },
  ],
  connection: 'device',
  port: '443',
  userName: '',
  Choice: ImportPlace,
  lacks: ({ organization, folder }) => (organization === '' || folder === '' ? 'import-place-first' : null),
  Chosen: ImportPlaceLine,
  // A device is known by its serial number: one that never answered is none.
  withoutContact: false,
  makesFolders: true,
  comparedWith: ['systems', 'connections', 'organizations'],
};
