// Files that are dropped on a part of a page (REP-03, CUS-20).

import type { Attachment } from 'svelte/attachments';
import { platform, WireError, type Readable } from '$platform';
import type { Upload } from '$wire/types';
import { toast } from './components';

interface FileDrop {
  /** Whether files are taken now. */
  takes: () => boolean;
  /** Files are held over it, or are not any more. */
  onover: (over: boolean) => void;
  ondropped: (files: readonly (Upload | Readable)[]) => void;
}

/**
 * Takes files that are dropped on an element, from the page where the web view hands them to it, from the host where not.
 */
export function fileDrop({ takes, onover, ondropped }: FileDrop): Attachment<HTMLElement> {
  return (element) => {
    // WebKitGTK says of files only that they are a list of addresses, as links are; what the page itself drags says more.
    const mayBeFiles = ({ dataTransfer }: DragEvent): boolean => {
      const types = dataTransfer?.types ?? [];
      return types.includes('Files') || (platform().kind === 'desktop' && types.includes('text/uri-list'));
    };
    /** A file that nobody takes would be opened by the browser in place of the page. */
    const kept = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent): void => {
      const taken = takes() && mayBeFiles(event);
      if (taken || kept(event)) event.preventDefault();
      if (taken) onover(true);
      else if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) onover(false);
    };
    const drop = (event: DragEvent): void => {
      onover(false);
      const taken = takes() && mayBeFiles(event);
      if (taken || kept(event)) event.preventDefault();
      if (!taken) return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) ondropped(files);
    };
    const listeners = { dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) {
      element.addEventListener(name, listener as EventListener);
    }
    const stop = platform().onDropped(({ x, y, files }) => {
      onover(false);
      // A dialog above the element takes what is dropped on it, which is nothing.
      if (!takes() || !element.contains(document.elementFromPoint(x, y))) return;
      files().then(ondropped, (thrown: unknown) => toast.problem(WireError.from(thrown)));
    });
    return () => {
      stop();
      for (const [name, listener] of Object.entries(listeners)) {
        element.removeEventListener(name, listener as EventListener);
      }
    };
  };
}
