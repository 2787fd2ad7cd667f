import type { AuditFacts } from '../team/audit.ts';
import type { Held } from './store.ts';

/** What became of the wish, and what the audit log says of it. */
export type Cared = { readonly held: Held; readonly facts: AuditFacts };
