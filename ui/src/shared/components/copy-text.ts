import { t } from '../i18n';
import { toast } from './toast.svelte';

/**
 * Copies a text and says so. Without the right to the clipboard the text is at least chosen where it is shown, so that the
 * keyboard can copy it. Answers whether it was copied.
 */
export async function copyText(text: string, name: string, shown: HTMLElement | undefined): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    toast.done(t(name === text ? 'copied-value' : 'copied-named', { name, value: text }));
    return true;
  } catch {
    if (shown !== undefined) getSelection()?.selectAllChildren(shown);
    toast.done(t('copy-by-hand'));
    return false;
  }
}
