import type { Ports } from '../base/ports.ts';
import { open, seal } from '../base/seal.ts';
import type { LocalDate } from '../base/time.ts';

/** What stands on an unlisted page: something published, or a letter that gathers several. */
export type Viewed = {
  readonly language: string | undefined;
  readonly numbers: readonly number[];
  /** A letter of several, even if only one of them is left. */
  readonly gathers: 'nothing' | 'letter' | 'welcome';
  /** The day whose cover it wears. */
  readonly date: LocalDate | undefined;
};

/** The unlisted page of a publication: the same link for everybody. */
export function viewUrlOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  number: number,
  language: string,
): string {
  const token = seal(ports, { purpose: 'view', subjectId: String(number), about: language });
  return `${ports.publicUrl}/view/${token}`;
}

/** The unlisted page of a letter of several: the same for all who got the same pieces of news. */
export function gatheredUrlOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  {
    numbers,
    language,
    welcome,
    date,
  }: {
    readonly numbers: readonly number[];
    readonly language: string;
    readonly welcome: boolean;
    readonly date: LocalDate | undefined;
  },
): string {
  const token = seal(ports, {
    purpose: 'view',
    subjectId: `${welcome ? 'w' : 'g'}${numbers.join('_')}`,
    about: date === undefined ? language : `${language}-${date}`,
  });
  return `${ports.publicUrl}/view/${token}`;
}

export function viewedBy(ports: Pick<Ports, 'secrets' | 'now'>, token: string): Viewed | undefined {
  const opened = open(ports, token, 'view');
  if (!opened) return undefined;
  const [, kind = '', numbers = ''] = /^([gw]?)([\d_]+)$/.exec(opened.subjectId) ?? [];
  const [, language, date] = /^([a-z]+)(?:-([\d-]+))?$/.exec(opened.about ?? '') ?? [];
  return {
    language,
    numbers: numbers.split('_').map(Number),
    gathers: kind === 'w' ? 'welcome' : kind === 'g' ? 'letter' : 'nothing',
    date,
  };
}
