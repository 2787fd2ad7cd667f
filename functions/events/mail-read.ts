import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readLinks, withoutDoors } from '../mail/counted-links.ts';
import { exampleLinks } from '../mail/example.ts';
import { campaignLetter, digestLetter, type Letter } from '../mail/letters.ts';
import { campaignOf, dateOfLetters, isWelcome } from '../mail/mailing.ts';
import { contextOf } from '../mail/personal.ts';
import type { Publication } from '../mail/publication.ts';
import { readIssue, readPublications } from '../mail/store.ts';
import { assemble } from '../mail/template/compile.ts';
import type { Brand } from '../people/brand.ts';
import { readBrand, readPerson, readTopic } from '../people/store.ts';
import { lastTurns, type LastTurn } from '../policy/turns.ts';
import { isWhole, numbersOf } from './mail-story.ts';

export type MailRead = {
  readonly language: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Something in it was put right after it had left: it is shown as it is now. */
  readonly isCorrected: boolean;
};

/** A mail of ours as one person had it, made again from what it carried. Its links act for nobody. */
export async function mailRead(
  ports: Ports,
  personId: string,
  mailingId: string,
): Promise<MailRead> {
  const [brand, person] = await Promise.all([readBrand(ports), readPerson(ports, personId)]);
  const turn = person && lastTurns(person.reader.it).find(({ m }) => m === mailingId);
  if (!turn) throw new Problem('not-found');
  const numbers = numbersOf(turn);
  const known = await readPublications(ports, numbers);
  if (!isWhole(turn, known)) throw new Problem('not-found');
  const items = numbers.map((number) => known.get(number)!);
  const [reader, profile] = [person.reader.it, person.profile.it];
  const isAlone = campaignOf(mailingId) !== null;
  const [letter, topic] = await Promise.all([
    letterOf(ports, items, reader, brand, turn),
    isAlone ? readTopic(ports, items[0]!.topic) : undefined,
  ]);
  const context = contextOf(
    ports,
    { reader, profile },
    {
      brand,
      language: letter.language,
      mailingId,
      reason: isAlone ? 'subscribed' : 'digest-day',
      returned: turn.whole?.p !== undefined,
      topic: topic?.it,
      viewUrl: letter.viewUrl,
      now: turn.at,
      conditions: letter.compiled.conditions,
      asks: letter.asks,
    },
  );
  const links = exampleLinks(ports, letter);
  const made = assemble(letter.compiled, letter.fill({ ...context, links }));
  const doors = await Promise.all(numbers.map((number) => readLinks(ports, number)));
  return {
    ...made,
    html: doors.reduce((html, one) => withoutDoors(ports, html, one), made.html),
    language: letter.language,
    from: letter.from,
    isCorrected: items.some(({ correctedAt }) => correctedAt !== null && correctedAt > turn.at),
  };
}

async function letterOf(
  ports: Ports,
  items: readonly Publication[],
  reader: { readonly language: string },
  brand: Brand,
  { m, whole }: LastTurn,
): Promise<Letter> {
  if (campaignOf(m) !== null) return campaignLetter(ports, items[0]!, reader, brand);
  const date = dateOfLetters(m);
  const issue = date === undefined ? undefined : (await readIssue(ports, date))?.it;
  const returned = whole?.p !== undefined;
  return digestLetter(ports, items, reader, brand, { returned, welcome: isWelcome(m), issue });
}
