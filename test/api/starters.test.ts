import { describe, expect, it } from 'vitest';
import { STARTERS } from '../../functions/campaigns/starters.ts';
import { withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Preview = { readonly remarks: readonly { readonly code: string; readonly what: string }[] };

/** Whose heading says something that is not true of every house. */
const TITLED = new Set(['one-thing', 'invitation', 'story', 'sale']);

describe('a letter to start from', () => {
  it.each(STARTERS.map(({ id }) => [id]))(
    '"%s" is a good letter in both languages, once its gaps are filled and its words are the house’s own',
    async (id) => {
      const desk = await openDesk();
      await withTopics(desk, 'arrivages');
      type List = { items: (Record<string, unknown> & { id: string })[] };
      const { body } = await desk.ask<List>('GET', '/letters-to-start-from');
      const { subject, preheader, content } = body.items.find((one) => one.id === id)!;
      const letter = { topic: 'arrivages', subject, preheader, content };
      const filled = JSON.parse(
        JSON.stringify(letter)
          .replaceAll('"url":""', '"url":"https://house.example/a.jpg"')
          .replaceAll('"link":""', '"link":"https://house.example/"')
          .replaceAll('"name":""', '"name":"Claire"'),
      ) as object;
      for (const language of ['fr', 'en']) {
        const seen = await desk.ask<Preview & ProblemBody>('POST', '/campaigns/preview', {
          ...filled,
          language,
        });
        expect(seen.status).toBe(200);
        const { remarks } = seen.body;
        expect(remarks.filter(({ code }) => code !== 'words-of-a-starter')).toEqual([]);
        expect(remarks.map(({ what }) => what).includes('title')).toBe(TITLED.has(id));
      }
      const kept = await desk.ask('POST', '/campaigns', { ...letter, name: id });
      expect(kept.status).toBe(201);
    },
  );
});

describe('a letter from elsewhere', () => {
  const cases: [string, string][] = [
    ['Bonjour *|FNAME|*', 'Bonjour {{ person.givenName | default: "" }}'],
    ['{{ contact.FIRSTNAME }}', '{{ person.givenName | default: "" }}'],
    ['{{contact.PRENOM | default : "vous"}}', '{{ person.givenName | default: "" }}'],
    ['<a href="*|UNSUB|*">', '<a href="{{ links.unsubscribe }}">'],
    ['<a href="{{ unsubscribe }}">', '<a href="{{ links.unsubscribe }}">'],
    ['<a href="{{ mirror }}">', '<a href="{{ links.view }}">'],
    ['{$name} *|MC:SUBJECT|*', '{$name} *|MC:SUBJECT|*'],
    ['100% de laine, 50%', '100% de laine, 50%'],
    ['{{ person.givenName }}', '{{ person.givenName }}'],
  ];
  it.each(cases)('%s becomes %s', async (source, here) => {
    const desk = await openDesk();
    const { body } = await desk.ask<{ source: string }>('POST', '/letters-from-elsewhere', {
      source,
    });
    expect(body.source).toBe(here);
  });

  it('names the tags that only its author can put into our words', async () => {
    const desk = await openDesk();
    const { body } = await desk.ask('POST', '/letters-from-elsewhere', {
      source: '*|FNAME|* *|MMERGE7|* *|MMERGE7|*',
    });
    expect(body).toMatchObject({
      tags: [
        { tag: '*|FNAME|*', here: '{{ person.givenName | default: "" }}' },
        { tag: '*|MMERGE7|*', here: null },
      ],
    });
  });
});
