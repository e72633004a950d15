// What the page has itself becomes a file: the browser, or the web view, puts it where it puts what is downloaded.

/** How long a file that was handed to the browser stays in memory: it takes it after the click. In milliseconds. */
const KEPT = 60_000;

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

export function saveText(name: string, text: string): Promise<void> {
  saveFile(name, new Blob([text], { type: 'text/plain;charset=utf-8' }));
  return Promise.resolve();
}
