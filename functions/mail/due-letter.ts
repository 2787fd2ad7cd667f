import type { Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Asked } from '../people/condition.ts';
import { dayOf } from '../policy/calendar.ts';
import { redated } from '../policy/change.ts';
import { decide } from '../policy/decide.ts';
import { lineOf, type LeftOut } from './delivery.ts';
import { leftOut } from './digest.ts';
import { letterMailingId } from './mailing.ts';
import type { Publication } from './publication.ts';
import type { Planned } from './rows.ts';

/** A reader due: their line and group, and the mailing of the day it was announced for. */
export type DueLetter = Planned & { readonly mailingId: string };

/** The letter of one reader whose date has come; `empty` when nothing of what waited may still be read. */
export function dueLetter(
  person: Asked,
  publications: ReadonlyMap<number, Publication>,
  brand: Brand,
  now: Instant,
): DueLetter | 'empty' | 'not-due' {
  const { reader } = person;
  const plannedFor = reader.nextDigestAt;
  if (plannedFor === null || plannedFor > now || reader.waiting.length === 0) return 'not-due';
  const items = reader.waiting.filter((number) => !leftOut(publications.get(number), person, now));
  if (items.length === 0) return 'empty';
  const mailingId = letterMailingId(dayOf(reader, plannedFor));
  const mail = { mailing: mailingId, kind: 'letter', numbers: [], plannedFor } as const;
  const decision = decide({ mail, reader, brand, now });
  const line = lineOf(reader.personId, decision, { numbers: reader.waiting, plannedFor });
  return {
    mailingId,
    group: `${reader.language} ${items.join('.')}`,
    // Whatever keeps the letter from leaving now must be written on the reader row, which a worker does.
    line: decision.kind === 'hold' ? line : { ...line, d: 'send', r: 'digest-day', o: 'open' },
  };
}

/** Nothing empty is ever sent: what fell out waits no more, each with its reason, and the next date is announced. */
export function leftEmpty(
  person: Asked,
  publications: ReadonlyMap<number, Publication>,
  brand: Brand,
  now: Instant,
): { readonly after: Asked['reader']; readonly out: readonly LeftOut[] } {
  const { reader } = person;
  const out = reader.waiting.map((n) => ({
    n,
    r: leftOut(publications.get(n), person, now) ?? ('already-sent' as const),
  }));
  return { after: redated({ ...reader, waiting: [] }, brand, now), out };
}
