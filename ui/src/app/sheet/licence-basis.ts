// What all licences of the component sheet stand on: dates around today, the organization, its products.

import { idOf } from './fleet';

export const TODAY = new Date().toISOString().slice(0, 10);
export const DAY = 86_400_000;
export const dayOf = (days: number): string =>
  new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
export const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
export const ORGANIZATION = idOf(1);
export const PRODUCT = 'camera-station-pro';
export const NAME = 'AXIS Camera Station Pro';
export const PRODUCTS = [NAME, 'AXIS Camera Station Edge', 'AXIS Cloud Storage', 'Avaya IP Office Subscription'];
export const IDS = [PRODUCT, 'camera-station-edge', 'cloud-storage', 'ip-office-subscription'];
