// What is typed of a connected application (DEV-52). Pure, but for the language in force.

import { pathTo } from '$features/organizations/folders/tree';
import { t } from '$shared/i18n';
import type { ApplicationFields, FolderNode } from '$wire/types';

export const emptyApplication = (folder: string): ApplicationFields => ({ name: '', model: '', host: '', folder });

const LABELS: Record<keyof ApplicationFields, string> = {
  name: 'applications-connected-name',
  model: 'applications-connected-model',
  host: 'customers-host',
  folder: 'devices-folder',
};
export const fieldLabel = (field: keyof ApplicationFields): string => t(LABELS[field]);

/** What a value of a field reads like; a folder by its path. */
export const fieldText = (nodes: readonly FolderNode[], field: keyof ApplicationFields, value: string): string =>
  field === 'folder'
    ? pathTo(nodes, value)
        .map(({ name }) => name)
        .join(' › ')
    : value;
