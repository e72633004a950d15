// What the way to a system reads like.

import { t } from '$shared/i18n';
import type { ProxyFields } from './contact-form';

export function proxyText({ kind, host, port }: ProxyFields): string {
  const words = t(kind === 'workspace' ? 'customers-proxy-workspace' : `preferences-proxy-${kind}`);
  return kind === 'http_connect' || kind === 'socks5' ? `${words} ${host}:${port ?? ''}` : words;
}
