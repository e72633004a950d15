// The commands of connections, named in this one place. A connection is a way to reach something of an organization: a
// telephone system, a camera, a video server.

import type { CreateQueryResult } from '@tanstack/svelte-query';
import type { WireError } from '$platform';
import { Act, useQuery, type QueryOptions } from '$shared/data.svelte';
import type {
  CertificateView,
  ConnectionState,
  ConnectivityStatus,
  ErrorCode,
  OrganizationId,
  ProxyChoice,
  TestResult,
  Time,
} from '$wire/types';

export type ConnectionId = string;
export type ConnectionKind = 'ip_office' | 'device';

export interface ConnectionView {
  id: ConnectionId;
  organization: OrganizationId;
  kind: ConnectionKind;
  name: string;
  host: string;
  port: number;
  user_name: string;
  has_password: boolean;
  proxy: ProxyChoice;
  status: ConnectivityStatus;
  state: ConnectionState;
  status_detail: string;
  status_since: Time | null;
  last_contact: Time | null;
  certificate: CertificateView | null;
  /** Met, and waiting for a yes (CRT-11). */
  waiting_certificate: CertificateView | null;
  systems: number;
  /** Must come back with a save. */
  revision: number;
}

/** What is tested: exactly what stands in the form. */
export interface TestConnection {
  /** The connection being edited; its stored password is used when none is given. */
  id: ConnectionId | null;
  organization: OrganizationId;
  kind: ConnectionKind;
  host: string;
  port: number;
  user_name: string;
  password: string | null;
  proxy: ProxyChoice;
  /** SHA-256 of the certificate the person has said yes to. */
  accept: string | null;
}

export interface SaveConnection extends TestConnection {
  /** Of the one being changed; 0 for a new one. */
  revision: number;
  name: string;
  /** From the test; none only with `without_contact`, or when nothing of the connection changed. */
  proof: string | null;
  without_contact: boolean;
}

/** What goes with the connections (GEN-11). */
export interface RemovalPlan {
  connections: number;
  systems: number;
  alarms: number;
}

export interface ConnectionOutcome {
  id: ConnectionId;
  name: string;
  /** None: done. */
  problem: ErrorCode | null;
}

interface ConnectionCommands {
  'connections.of': { arguments: { organization: OrganizationId }; reply: ConnectionView[] };
  'connections.test': { arguments: TestConnection; reply: TestResult };
  'connections.save': { arguments: SaveConnection; reply: ConnectionView };
  'connections.plan_removal': { arguments: { ids: ConnectionId[] }; reply: RemovalPlan };
  'connections.remove': { arguments: { ids: ConnectionId[] }; reply: ConnectionOutcome[] };
  'connections.accept_certificate': { arguments: { id: ConnectionId; sha256: string }; reply: TestResult };
  'connections.refresh': { arguments: { ids: ConnectionId[] }; reply: ConnectionOutcome[] };
}
type Name = keyof ConnectionCommands;

interface ConnectionActOf<Named extends Name> {
  readonly busy: boolean;
  readonly error: WireError | null;
  run(args: ConnectionCommands[Named]['arguments']): Promise<ConnectionCommands[Named]['reply'] | null>;
  problem(field: string): string | undefined;
  clear(): void;
}

// The shapes above stand for generated ones; with those, `useQuery` and `Act` take these names themselves.
export const useConnectionQuery = useQuery as unknown as <Named extends Name>(
  name: Named,
  args: () => ConnectionCommands[Named]['arguments'],
  options?: QueryOptions,
) => CreateQueryResult<ConnectionCommands[Named]['reply'], WireError>;

export const ConnectionAct = Act as unknown as new <Named extends Name>(name: Named) => ConnectionActOf<Named>;

/** What a test gives the host in memory in place of these commands. */
export type ConnectionHandlers = {
  [Named in Name]?: (
    args: ConnectionCommands[Named]['arguments'],
  ) => ConnectionCommands[Named]['reply'] | Promise<ConnectionCommands[Named]['reply']>;
};
