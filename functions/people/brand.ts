import * as z from 'zod';
import { isTimeZone } from '../base/time.ts';

export const Language = z
  .string()
  .regex(/^[a-z]{2}$/, 'must be a language of two letters, as "fr"');
export const TimeZone = z.string().refine(isTimeZone, 'must be an IANA zone, as "Europe/Paris"');
const Minutes = z.int().min(0).max(1439);
const Sender = z.object({ name: z.string().trim().min(1).max(80), address: z.email() });

/**
 * The house that writes: who it is and the rules it keeps to. Times of day are minutes since
 * midnight on the reader's wall clock. Every default is the one `npm start` begins with.
 */
export const Brand = z.object({
  format: z.literal(1).default(1),
  name: z.string().trim().min(1).max(80).default('Maison Delorme'),
  /** The controller of the data, as the law wants it named. */
  legalName: z.string().trim().min(1).max(160).default('Maison Delorme SAS'),
  postalAddress: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .default('12 rue des Tanneurs, 69001 Lyon, France'),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('FR'),
  privacyUrl: z
    .url({ protocol: /^https?$/, error: 'must begin with https://' })
    .nullable()
    .default(null),
  language: Language.default('fr'),
  languages: z.array(Language).min(1).default(['fr', 'en']),
  timeZone: TimeZone.default('Europe/Paris'),
  /** Of a purchase that does not name its own. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency of three letters, as "EUR"')
    .default('EUR'),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .default('#7a1f3d'),
  logoUrl: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  sender: Sender.default({ name: 'Claire Delorme', address: 'claire@example.org' }),
  replyTo: z.email().nullable().default(null),

  /** 1 is Monday. Monthly and quarterly letters leave on the first such day of their month. */
  digestWeekday: z.int().min(1).max(7).default(2),
  digestAtMinutes: Minutes.default(9 * 60),
  /** Letters of a day wait until somebody of the house has approved them. */
  lettersNeedApproval: z.boolean().default(false),
  afternoonAtMinutes: Minutes.default(14 * 60),
  cap: z
    .object({ mails: z.int().min(1).max(50), days: z.int().min(1).max(31) })
    .default({ mails: 3, days: 7 }),
  lifecycleCeiling: z
    .object({ mails: z.int().min(0).max(50), days: z.int().min(1).max(90) })
    .default({ mails: 2, days: 30 }),
  quiet: z
    .object({ fromMinutes: Minutes, toMinutes: Minutes })
    .default({ fromMinutes: 21 * 60, toMinutes: 8 * 60 }),
  /**
   * Which topics may be sent to customers because of what they bought, by family of product: the law
   * allows what is like it. None: customers are written to with consent only.
   */
  productFamilies: z
    .record(z.string().regex(/^[a-z0-9-]{1,40}$/), z.array(z.string()).max(100))
    .default({}),
  /** Countries where the house writes to people at their work without having asked them. None by default. */
  businessCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters, as "DE"'))
    .max(50)
    .default([]),
  /** What the mail program's own button stops: everything, or the topic of a mail that is about one alone. */
  oneClick: z.enum(['everything', 'topic']).default('everything'),
  /** Forms of the public pages that are taken within an hour: of a flood only so many become mails. */
  forms: z
    .object({
      anHour: z.int().min(10).max(1_000_000),
      anHourFromOneNetwork: z.int().min(1).max(100_000),
    })
    .default({ anHour: 1_000, anHourFromOneNetwork: 20 }),
  /** A campaign to more readers than this is looked at twice: its number typed by who sends it, or a second person's yes. */
  largeSend: z
    .object({
      readers: z.int().min(1).max(1_000_000_000),
      needs: z.enum(['number', 'second-person']),
    })
    .default({ readers: 5_000, needs: 'number' }),
  /**
   * Of such a campaign so many in a hundred, and no fewer than `least`, go ahead; the rest follows when
   * after some minutes fewer than so many in a hundred of their addresses are dead. 100: all at once.
   */
  firstPart: z
    .object({
      percent: z.int().min(1).max(100),
      least: z.int().min(1).max(1_000_000),
      minutes: z.int().min(1).max(1_440),
      bouncedPercent: z.int().min(1).max(100),
    })
    .default({ percent: 1, least: 200, minutes: 15, bouncedPercent: 4 }),
  /** A campaign that would start later than this waits for a human. */
  lateAfterHours: z.int().min(1).max(72).default(6),
});
export type Brand = z.infer<typeof Brand>;

/** The text of a language, else of the house's main one, else whichever there is. */
export function inLanguage(
  texts: Readonly<Record<string, string>> | string,
  language: string,
  brand: Pick<Brand, 'language'>,
): string {
  if (typeof texts === 'string') return texts;
  return texts[language] ?? texts[brand.language] ?? Object.values(texts)[0] ?? '';
}
