// `npm run dev`, then /sheet.html: every component; /sheet.html?app: the frame on a fleet in memory;
// /sheet.html?connections: the connections of a customer.
// Not part of the build.

import { mount } from 'svelte';
import '../../shared/styles/tokens.css';
import '../../shared/styles/base.css';
import '../../shared/styles/more.css';
import { usePlatform } from '$platform';
import { preferredLanguage, setLanguage } from '$shared/i18n';
import type { Language, Theme } from '$wire/types';
import ConnectionsSection from '$features/connections/ConnectionsSection.svelte';
import App from '../App.svelte';
import { fleet } from './fleet';
import { jobList, jobValues, sheetJobs } from './jobs';
import { licenceList } from './licence-lists';
import { licenceHandlers, licenceValues } from './licences';
import Sheet from './Sheet.svelte';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme') as Theme | null;
const language = (asked.get('language') as Language | null) ?? preferredLanguage();
const host = fleet(
  Number(asked.get('count') ?? 100_000),
  { language, theme: theme ?? 'system' },
  { ...sheetJobs, ...licenceHandlers },
  (list) => licenceList(list) ?? jobList(list),
);
host.on(
  'lists.values',
  ({ list, query, column }) => licenceValues(list, query, column) ?? jobValues(list, column) ?? { values: [], rows: 0 },
);
usePlatform(host);
if (theme !== null) document.documentElement.dataset.theme = theme;

const target = document.getElementById('app');
if (target === null) throw new Error('sheet.html has no #app');
await setLanguage(language);
if (asked.has('connections')) mount(ConnectionsSection, { target, props: { organization: 'c1', manage: true } });
else mount(asked.has('app') ? App : Sheet, { target });
