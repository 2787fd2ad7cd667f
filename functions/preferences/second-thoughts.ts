import type { Ports } from '../base/ports.ts';
import { open } from '../base/seal.ts';
import { written } from '../base/written.ts';
import { say } from '../base/words.ts';
import { surfaceOf } from '../consent/consent-words.ts';
import { oldLinkPage } from '../consent/confirm-pages.ts';
import {
  REASON_LENGTH,
  REASONS,
  thanksPage,
  tooLatePage,
  undonePage,
  whyPage,
} from './after-pages.ts';
import { departureWrite, readDeparture, type Departure } from './departure.ts';
import type { PersonVisit } from './person-visit.ts';
import { undo } from './undo.ts';

/** "That was a mistake": the act named in the form is taken back, within its hour. */
export async function takeBack(
  ports: Ports,
  { visit, both, house }: PersonVisit,
  fields: URLSearchParams,
  url: string,
): Promise<Response> {
  const { personId } = both.reader;
  const opened = open(ports, fields.get('undo') ?? '', 'undo');
  const undoId = opened?.subjectId === personId ? opened.about : undefined;
  if (!opened || undoId === undefined || opened.expired) return tooLatePage(visit);
  const { language } = visit;
  const words = { language, text: say(language, 'after.undo'), options: [] };
  const now = await undo(ports, house.brand, {
    personId,
    undoId,
    act: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('undo', url, words),
      words,
      language,
    },
  });
  return now ? undonePage(visit, now.reader, ports.now()) : oldLinkPage(visit);
}

/** Why they left, if they want to say so: kept beside the departure it is about. */
export async function giveReason(
  ports: Ports,
  { visit, both }: PersonVisit,
  fields: URLSearchParams,
): Promise<Response> {
  const [day = '', id = ''] = (fields.get('departure') ?? '').split('~');
  const words = (fields.get('words') ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  if (words.length > REASON_LENGTH) return whyPage(visit, { day, id });
  const reason: Departure['reason'] = {
    choice: REASONS.find((one) => one === fields.get('reason')) ?? null,
    words: words === '' ? null : words,
  };
  await written(ports, async () => {
    const departure = await readDeparture(ports, { day, id });
    if (departure?.it.personId !== both.reader.personId) return { writes: [], answer: undefined };
    return {
      writes: [departureWrite({ ...departure.it, reason }, departure.version)],
      answer: undefined,
    };
  });
  return thanksPage(visit);
}
