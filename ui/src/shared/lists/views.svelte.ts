import type { ColumnLayout, ListQuery, View } from '$wire/types';
import type { MenuEntry } from '../components/menu';
import { toast } from '../components/toast.svelte';
import { t } from '../i18n';
import type { ListSource } from './source';

/** What the saved views need of the table they are of. */
export interface ViewedTable {
  /** What a view of this moment asks: what is listed, searched by what stands in the search field. */
  query: () => ListQuery;
  layout: () => ColumnLayout | null;
  /** The id of the view that the address names. */
  named: () => string | null;
  /** Shows what a view says. */
  show: (view: View) => void;
  /** Shows everything, in the columns of the account. */
  showEverything: () => void;
  /** Another view is in force, and the address should say so; the list answers `query` from now on, or what it did. */
  notify: (query?: ListQuery) => void;
}

/** The saved views of a list: which there are, which one is in force, and what is done with them (UI-24). */
export class ListViews {
  all = $state.raw<View[]>([]);
  /** Null: none is in force. */
  current = $state.raw<View | null>(null);
  /** The dialog that names a new one. */
  form = $state<{
    open: boolean;
    name: string;
    shared: boolean;
    busy: boolean;
    /** It was to be saved without a name. */
    nameless: boolean;
  }>({ open: false, name: '', shared: false, busy: false, nameless: false });
  /** The one that a person is asked about. */
  toDelete = $state.raw<View | null>(null);
  /** The columns of the view that the address names, until it is known which columns there are. */
  layoutToCome = $state.raw<ColumnLayout | null>(null);
  readonly #source: Pick<ListSource<{ id: string }>, 'views' | 'saveView' | 'deleteView'>;
  readonly #table: ViewedTable;

  constructor(source: Pick<ListSource<{ id: string }>, 'views' | 'saveView' | 'deleteView'>, table: ViewedTable) {
    this.#source = source;
    this.#table = table;
  }

  /** The one in force, if it is this account's own. */
  get own(): View | null {
    return this.current?.own === true ? this.current : null;
  }

  async load(): Promise<void> {
    try {
      this.all = await this.#source.views();
      const named = this.all.find((one) => one.id === this.#table.named());
      if (this.current === null && named !== undefined) {
        this.current = named;
        this.layoutToCome = named.layout;
      }
    } catch (thrown) {
      toast.problem(thrown);
    }
  }
  /** The address names another one, or none. */
  follow(id: string | null): void {
    this.current = this.all.find((one) => one.id === id) ?? null;
  }
  use(view: View): void {
    this.current = view;
    this.#table.show(view);
  }
  useNone(): void {
    this.current = null;
    this.#table.showEverything();
  }
  askName(): void {
    this.form = { open: true, name: '', shared: false, busy: false, nameless: false };
  }
  /** `id` null: a new one. */
  async save(id: string | null, name: string, shared: boolean): Promise<void> {
    this.form.busy = true;
    const query = this.#table.query();
    try {
      // A view is about the list, not about the organization it was made in.
      this.current = await this.#source.saveView({
        id,
        name: name.trim(),
        shared,
        query: { ...query, organization: null },
        layout: this.#table.layout(),
      });
      this.form.open = false;
      // The list shows what the view that is in force now says.
      this.#table.notify(query);
      await this.load();
    } catch (thrown) {
      toast.problem(thrown);
    } finally {
      this.form.busy = false;
    }
  }
  /** The one in force takes over what is shown now. */
  update(): void {
    if (this.own !== null) void this.save(this.own.id, this.own.name, this.own.shared);
  }
  async delete(): Promise<void> {
    if (this.toDelete === null) return;
    try {
      await this.#source.deleteView(this.toDelete.id);
      if (this.current?.id === this.toDelete.id) {
        this.current = null;
        this.#table.notify();
      }
      await this.load();
    } catch (thrown) {
      toast.problem(thrown);
    } finally {
      this.toDelete = null;
    }
  }

  get items(): MenuEntry[] {
    const group = (key: string, some: View[]): MenuEntry[] =>
      some.length === 0
        ? []
        : [
            { group: t(key) },
            ...some.map((one) => ({
              label: one.partial ? t('list-views-partial', { name: one.name }) : one.name,
              checked: one.id === this.current?.id,
              onselect: () => this.use(one),
            })),
          ];
    return [
      { label: t('list-views-all'), checked: this.current === null, onselect: () => this.useNone() },
      ...group(
        'list-views-own',
        this.all.filter((one) => one.own),
      ),
      ...group(
        'list-views-shared',
        this.all.filter((one) => !one.own),
      ),
      'line',
      { label: t('list-views-save'), onselect: () => this.askName() },
      ...(this.own === null
        ? []
        : [
            { label: t('list-views-update', { name: this.own.name }), onselect: () => this.update() },
            {
              label: t('list-views-delete', { name: this.own.name }),
              danger: true,
              onselect: () => (this.toDelete = this.own),
            },
          ]),
    ];
  }
}
