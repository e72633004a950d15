// Customers as they are imported from a file (CUS-20 to CUS-26).

import { commandsOf, type Importable } from '$features/imports/importable';
import { call } from '$shared/data.svelte';
import ImportMode from './ImportMode.svelte';
import ImportModeMenu from './ImportModeMenu.svelte';
import { importPath } from './index';

export const customers: Importable = {
  name: 'customers',
  commands: commandsOf('customers'),
  open: (upload, { mode }) => call('customers.import_open', { upload, mode }),
  path: importPath,
  home: { path: '/customers', label: 'nav-customers' },
  done: { added: 'import-done-added', updated: 'import-done-updated', unchanged: 'import-done-unchanged' },
  // All of these and the test stand beside each other in a window 1440 wide with the navigation unfolded.
  columns: [
    { field: 'host', width: 'minmax(120px, 0.9fr)' },
    { field: 'port', width: '84px' },
    { field: 'name', width: 'minmax(132px, 1fr)' },
    { field: 'user_name', width: '98px' },
    { field: 'password', width: '88px' },
    { field: 'telephone', width: 'minmax(122px, 0.7fr)' },
    { field: 'email', width: 'minmax(122px, 0.8fr)' },
    { field: 'tags', width: 'minmax(92px, 0.5fr)' },
  ],
  more: [
    { field: 'mode', width: '104px' },
    { field: 'address', width: '180px' },
    { field: 'notes', width: '220px' },
  ],
  header: [
    { column: 'host', name: 'IP Address/FQDN' },
    { column: 'port', name: 'Port' },
    { column: 'name', name: 'Name' },
    { column: 'user_name', name: 'Ipoffice Username' },
    { column: 'password', name: 'Ipoffice Password' },
    { column: 'address', name: 'Address' },
    { column: 'telephone', name: 'Telephone Number' },
    { column: 'email', name: 'Email' },
    { column: 'notes', name: 'Note' },
    { column: 'tags', name: 'Tags' },
    { column: 'mode', name: 'Mode' },
  ],
  required: ['host', 'name', 'user_name', 'password'],
  needed: ['host', 'name'],
  form: [
    { field: 'name' },
    { field: 'host' },
    { field: 'user_name' },
    { field: 'password' },
    { field: 'mode' },
    { field: 'tags', hint: 'import-tags-hint' },
    { field: 'telephone' },
    { field: 'email' },
    { field: 'address' },
    { field: 'notes' },
  ],
  connection: 'ip_office',
  port: '8443',
  userName: 'COMAdmin',
  Choice: ImportMode,
  lacks: () => null,
  Chosen: ImportModeMenu,
  withoutContact: true,
  makesFolders: false,
  comparedWith: ['customers'],
};
