import { afterEach, describe, expect, it, vi } from 'vitest';
import { enterPage, focusProblem, keepFocus } from './focus';

const put = (html: string): void => {
  document.body.innerHTML = html;
};
const the = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(selector);
  return found;
};
afterEach(() => put(''));

/** UI-03 */
describe('a form that was refused', () => {
  const FORM = `<input id="elsewhere" aria-invalid="true">
    <form id="form"><input id="right"><input id="wrong" aria-invalid="true"></form>
    <button id="save" form="form"></button>`;

  it('goes on in the first field with a problem, also from a button outside of it', async () => {
    put(FORM);
    the('#save').focus();
    focusProblem(the('#save'));
    await vi.waitFor(() => expect(document.activeElement).toBe(the('#wrong')));
  });

  it('leaves whoever went on to another field there', async () => {
    put(FORM);
    the('#save').focus();
    focusProblem(the('#save'));
    the('#right').focus();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(document.activeElement).toBe(the('#right'));
  });
});

/** UI-03 */
describe('a page that was opened', () => {
  const page = (content: string): HTMLElement => {
    put(`<nav><a id="rail" href="#/"></a></nav><div id="page" tabindex="-1">${content}</div>`);
    the('#rail').focus();
    return the('#page');
  };

  it('has the focus at its list, or else at its heading', () => {
    enterPage(page('<h1>Customers</h1><div role="grid" tabindex="0"></div>'));
    expect(document.activeElement).toBe(the('[role="grid"]'));
    enterPage(page('<h1>Preferences</h1>'));
    expect(document.activeElement).toBe(the('h1'));
  });

  it('is waited for where its heading comes later', async () => {
    const late = page('');
    enterPage(late);
    expect(document.activeElement).toBe(late);
    late.innerHTML = '<h1>Organization</h1>';
    await vi.waitFor(() => expect(document.activeElement).toBe(the('h1')));
  });

  it('keeps the focus where it has taken it by itself', () => {
    const own = page('<h1>New organization</h1><input id="first">');
    the('#first').focus();
    enterPage(own);
    expect(document.activeElement).toBe(the('#first'));
  });
});

/** UI-03 */
describe('what had the focus and is gone', () => {
  const frames = (): Promise<void> =>
    new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );

  it('leaves the keyboard where it stood', async () => {
    put(
      `<div id="root"><main><h1>Licences</h1><section><h2>Step 1</h2><button id="next"></button></section></main></div>`,
    );
    const stop = keepFocus(the('#root'));
    the('#next').focus();
    the('#next').remove();
    await frames();
    expect(document.activeElement).toBe(the('h2'));
    the('section').remove();
    await frames();
    expect(document.activeElement).toBe(the('h1'));
    stop();
  });

  it('gives way to what takes the focus by itself', async () => {
    put(`<div id="root"><main><h1>Licences</h1><button id="next"></button></main></div>`);
    const stop = keepFocus(the('#root'));
    the('#next').focus();
    the('#next').replaceWith(Object.assign(document.createElement('input'), { id: 'field' }));
    the('#field').focus();
    await frames();
    expect(document.activeElement).toBe(the('#field'));
    stop();
  });
});
