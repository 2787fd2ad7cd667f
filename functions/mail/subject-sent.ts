import type { Ports } from '../base/ports.ts';
import type { Brand } from '../people/brand.ts';
import type { Asked } from '../people/condition.ts';
import type { PastTurn } from '../people/person.ts';
import { subjectFor } from './digest.ts';
import { dateOfLetters, isWelcome } from './mailing.ts';
import { contextOf } from './personal.ts';
import { languageFor, type Publication } from './publication.ts';
import { readIssue } from './store.ts';
import { filledLine } from './template/inline.ts';

/** The subject line under which its reader finds a mail of ours; empty when nothing is known of it any more. */
export async function subjectSent(
  ports: Pick<Ports, 'table' | 'secrets' | 'publicUrl'>,
  person: Asked,
  { m: mailingId, q: count = 1, at }: PastTurn,
  lead: Publication | undefined,
  brand: Brand,
): Promise<string> {
  if (!lead) return '';
  const { language: wanted } = person.reader;
  const welcome = isWelcome(mailingId);
  const language =
    count > 1 || welcome
      ? brand.languages.includes(wanted)
        ? wanted
        : brand.language
      : languageFor(lead, wanted, brand.language);
  const day = count > 1 ? dateOfLetters(mailingId) : undefined;
  const cover = day === undefined ? undefined : (await readIssue(ports, day))?.it.cover;
  const subject = (cover?.[language] ?? cover?.[brand.language])?.subject;
  const context = contextOf(ports, person, {
    brand,
    language,
    mailingId,
    reason: 'subscribed',
    returned: false,
    topic: undefined,
    viewUrl: '',
    now: at,
  });
  return filledLine(
    subjectFor({ welcome, subject }, lead, count, brand, language),
    language,
    context,
  );
}
