// Where the pages of a device are. Pure.

import { anyOf, filterText } from '$shared/lists';
import { href } from '$shared/router.svelte';
import type { ConnectionView, SystemRow } from '$wire/types';

/** The device's own page; an IPv6 address stands in brackets. */
export function pageOf({ host, port }: Pick<ConnectionView, 'host' | 'port'>): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `https://${name}${port === 443 ? '' : `:${port}`}/`;
}

/** Its address as it is reached. A system of a telephone solution is reached by the primary, at another one. */
export function addressOf(row: SystemRow, connection: ConnectionView | undefined): string {
  if (connection === undefined || connection.host !== row.host) return row.host;
  return `${row.host.includes(':') ? `[${row.host}]` : row.host}:${connection.port}`;
}

/** The list of what is in a folder and below it. */
export const folderPage = (row: SystemRow): string =>
  href('/systems', { organization: row.organization, filter: filterText([anyOf('folder_id', [row.folder_id])]) });

/** What the repository has for a model. */
export const packagesOf = (model: string): string =>
  href('/repository', { filter: filterText([anyOf('product', [model])]) });

/** What the repository has for video servers. */
export const INSTALLERS = href('/repository', { filter: filterText([anyOf('kind', ['server_installer'])]) });
