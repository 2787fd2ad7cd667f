import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { apiRoute, json, MomentText, momentText, newApi } from '../team/api.ts';
import { Scope } from '../team/api-key.ts';
import { Role } from '../team/member.ts';
import { Brand } from './brand.ts';
import { readBrand } from './store.ts';
import { notSaidYet } from './unnamed.ts';

const { name, language, languages, timeZone, currency, colour, logoUrl } = Brand.shape;
const MeView = z
  .object({
    is: z.enum(['key', 'member']),
    id: z.string(),
    name: z.string(),
    role: Role.nullable(),
    email: z.string().nullable(),
    scopes: z.array(Scope),
    /** A test key never sends. */
    test: z.boolean(),
    /** What time it is for the house: on a laptop its clock may stand elsewhere than the caller's. */
    now: MomentText,
    /** That time does not pass by itself: somebody moves the clock of this machine. */
    timeStands: z.boolean(),
    /** Mail goes into a mailbox on this machine, and to nobody. */
    mailStaysHere: z.boolean(),
    brand: z.object({
      name: name.unwrap(),
      language: language.unwrap(),
      languages: languages.unwrap(),
      timeZone: timeZone.unwrap(),
      currency: currency.unwrap(),
      colour: colour.unwrap(),
      logoUrl: logoUrl.unwrap(),
      /** What every letter tells its readers of who writes, and nobody has said yet. */
      notSaidYet: z.array(z.enum(['name', 'legalName', 'postalAddress', 'sender'])),
    }),
  })
  .meta({ id: 'Me' });

const me = apiRoute({
  method: 'get',
  path: '/me',
  scope: null,
  tags: ['team'],
  summary: 'Who is calling, and what they may do',
  description: 'For whoever is let in at all: a member of the house or a key.',
  responses: { 200: json(MeView, 'The caller and the house.') },
});

/** Who is calling, in which house. */
export function meApi(ports: Pick<Ports, 'table' | 'now' | 'mailer' | 'timeStands'>) {
  return newApi().openapi(me, async (c) => {
    const { is, id, name, role, email, scopes, test } = c.get('caller');
    const brand = await readBrand(ports);
    const house = {
      name: brand.name,
      language: brand.language,
      languages: brand.languages,
      timeZone: brand.timeZone,
      currency: brand.currency,
      colour: brand.colour,
      logoUrl: brand.logoUrl,
      notSaidYet: notSaidYet(brand),
    };
    const caller = { is, id, name, role, email, scopes: [...scopes], test };
    const mailStaysHere = ports.mailer.staysHere === true;
    const timeStands = ports.timeStands === true;
    const here = { now: momentText(ports.now()), timeStands, mailStaysHere };
    return c.json({ ...caller, ...here, brand: house }, 200);
  });
}
