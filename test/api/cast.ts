import type { Desk } from './desk.ts';

export type PersonBody = {
  readonly id: string;
  readonly email: string;
  readonly state: string;
  readonly frequency: string;
  readonly givenName: string | null;
  readonly language: string;
  readonly pausedUntil: string | null;
  readonly nextDigestAt: string | null;
  readonly fields: Record<string, string | number | boolean>;
  readonly subscriptions: readonly {
    readonly topic: string;
    readonly state: string;
    readonly delivery: string;
  }[];
  readonly facts: Record<string, string | number | null>;
  readonly links: { readonly preferences: string; readonly unsubscribe: string } | null;
  readonly ignored: readonly string[];
};

export const proof = (at = '2026-01-05T09:00:00Z') => ({
  at,
  method: 'paper',
  words: 'Oui, la maison peut m’écrire.',
});
export const given = (topic: string, at?: string) => ({
  topic,
  consent: { state: 'given', legalBasis: 'consent', proof: proof(at) },
});
export const ADA = {
  email: 'ada@example.org',
  givenName: 'Ada',
  familyName: 'Bonnet',
  frequency: 'monthly',
  language: 'fr',
  timeZone: 'Europe/Paris',
  salutation: { form: 'madame' },
  fields: { city: 'Lyon' },
  subscriptions: [given('arrivages')],
};

export async function withTopics(desk: Desk, ...ids: string[]): Promise<void> {
  for (const id of ids)
    await desk.ask('POST', '/topics', { id, name: { fr: `Thème ${id}`, en: `Topic ${id}` } });
}

export const addPerson = (desk: Desk, person: object) =>
  desk.ask<PersonBody>('POST', '/people', person);
