import type { Density, Profile, Theme } from '$wire/types';
import { setLanguage, setZone } from './i18n';

/** Only where the person chose them: without, the system decides. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function applyDensity(density: Density): void {
  document.documentElement.dataset.density = density;
}

/** What the profile says of language, theme, density and zone, at once and without a reload (ACC-20). */
export async function applyAppearance(
  profile: Pick<Profile, 'language' | 'theme' | 'density' | 'zone'>,
): Promise<void> {
  applyTheme(profile.theme);
  applyDensity(profile.density);
  setZone(profile.zone);
  await setLanguage(profile.language);
}
