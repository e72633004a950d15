// Keys that were pasted beside a wallet, on their way to the page that redeems them. Not in the address: it is kept and sent around.

let handed = '';

export function handKeys(text: string): void {
  handed = text;
}

/** What was handed, once. */
export function takeKeys(): string {
  const text = handed;
  handed = '';
  return text;
}
