/** Every IANA zone this machine knows, with UTC, sorted; the present choice is among them even if it is not known. */
export function zoneNames(present: string | null = null): string[] {
  const names = new Set(Intl.supportedValuesOf('timeZone'));
  names.add('UTC');
  if (present !== null && present !== '') names.add(present);
  return [...names].sort();
}
