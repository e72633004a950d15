// Notices of licences: where each leads.

import { href } from '$shared/router.svelte';
import type { LicenceNotice } from '$wire/types';
import { productPath } from './paths';

/** The lot that ends is in the wallet, shown in the panel beside it; what is missing is in the years. */
export const noticeAddress = ({ organization, product, lot }: LicenceNotice): string =>
  lot === null
    ? href(productPath(organization, product, 'licensing'))
    : href(productPath(organization, product, 'wallet'), { account: 'wallet', lot });
