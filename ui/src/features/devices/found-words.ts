// What is said of a device that was found, in the language in force.

import { format, t } from '$shared/i18n';
import { href } from '$shared/router.svelte';
import type { DiscoveryHindrance, FoundDevice } from '$wire/types';

/** Where the managed device is that this one is, or that has its address. */
export const systemPath = (device: FoundDevice | undefined): string | null =>
  device === undefined || device.system === null ? null : href('/systems', { open: device.system });

/** What else is to be known of it before it is chosen. */
export function noteOf(device: FoundDevice): string {
  const { state, note, folder } = device;
  const parts = [
    state === 'moved' ? t('discovery-note-moved', { host: note }) : '',
    state === 'replaced' ? t('discovery-note-replaced', { serial: note }) : '',
    folder,
    device.link_local ? t('discovery-note-link-local') : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** One thing that prevented parts of a search, and which. */
export interface Hindered {
  reason: string;
  title: string;
  text: string;
  detail: string;
}

/** Each reason once, with everything that it prevented. */
export function hindered(hindrances: readonly DiscoveryHindrance[]): Hindered[] {
  const byReason = new Map<string, DiscoveryHindrance[]>();
  for (const one of hindrances) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  return [...byReason].map(([reason, all]) => {
    const places = [...new Set(all.map(placeOf))].filter(Boolean);
    return {
      reason,
      title: t(`discovery-hindrance-${reason}`),
      text: format.sentences(
        places.length === 0 ? null : t('discovery-hindrance-where', { places: format.list(places) }),
        t(`discovery-hindrance-${reason}.action`),
      ),
      detail: [...new Set(all.map(({ detail }) => detail))].filter(Boolean).join('\n'),
    };
  });
}

function placeOf({ way, interface: name, range }: DiscoveryHindrance): string {
  const what = way === null ? '' : t(`discovery-way-${way}`);
  const where = [name, range].filter(Boolean).join(', ');
  return what === '' || where === '' ? what + where : t('discovery-hindrance-place', { way: what, where });
}
