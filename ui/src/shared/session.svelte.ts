import { platform, WireError } from '$platform';
import type { OrganizationId, Permissions, SessionView, SignedIn } from '$wire/types';
import { applyAppearance } from './appearance';
import { elapsed } from './elapsed';
import { now } from './i18n';

/** What the core said of the end of the session, and when in this window's time it said so. */
interface Heard {
  view: Pick<SessionView, 'at' | 'ends_at' | 'ends_at_latest'>;
  after: number;
}

/** Who is signed in. The frame decides by it what is shown; the core decides by itself what is allowed. */
class Session {
  view = $state.raw<SessionView | null>(null);
  /** The newest answer about its end. A view that was changed here since is no answer: its times are as old as they were. */
  heard = $state.raw<Heard | null>(null);
  /** It ended while its page stands: a sign-in form covers the page and keeps it (ACC-10). */
  ended = $state(false);

  get administrator(): boolean {
    return this.view?.profile.role === 'administrator';
  }
  get may(): Permissions {
    return this.view?.may ?? { administer: false, create_organizations: false, manage_systems: false, launch: false };
  }
  get organization(): OrganizationId | null {
    return this.view?.organization ?? null;
  }

  /** A sign-in succeeded. Another person than before starts on an empty frame. */
  async accept(signedIn: SignedIn): Promise<void> {
    platform().setSession(signedIn.token);
    await this.update(signedIn.session);
    // Events are told to a session: the line that ended with the former one does not wait for its next try.
    if (platform().connection().kind === 'lost') platform().reconnect();
  }

  async update(view: SessionView): Promise<void> {
    now.heard(view.at);
    this.heard = { view, after: elapsed() };
    await applyAppearance(view.profile);
    this.view = view;
    this.ended = false;
  }

  /** Asks the core again; without a session there is nobody. */
  async refresh(): Promise<void> {
    try {
      await this.update(await platform().call('session.current', {}));
    } catch (thrown) {
      const error = WireError.from(thrown);
      if (!error.code.startsWith('session.')) throw error;
      this.view = null;
    }
  }

  /** The core no longer knows this session. */
  end(): void {
    if (this.view !== null) this.ended = true;
  }

  async chooseOrganization(organization: OrganizationId | null): Promise<void> {
    await platform().call('session.choose_organization', { organization });
    if (this.view !== null) this.view = { ...this.view, organization };
  }

  async signOut(): Promise<void> {
    try {
      await platform().call('session.sign_out', {});
    } finally {
      platform().setSession(null);
      this.view = null;
      this.ended = false;
    }
  }
}
export const session = new Session();
