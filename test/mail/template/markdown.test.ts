import { describe, expect, it } from 'vitest';
import { elementsOf, letter, problemsOf, sent, someone } from './letters.ts';

const markdown = (source: string, language = 'fr') =>
  letter({ format: 'markdown', source, language });

/** The elements of the letter's card: what its author wrote. */
async function written(source: string, { context = someone, language = 'fr' } = {}) {
  const { html } = await sent(markdown(source, language), context);
  const elements = elementsOf(html);
  const begin = elements.findIndex(({ attributes }) => attributes.class === 'card');
  const end = elements.findIndex(({ attributes }) => attributes.class === 'foot');
  return elements.slice(begin + 1, end - 1);
}
/** A space that no line may break at is easier to see as a tilde. */
const seen = (text: string) => text.replaceAll('\u00a0', '~');
const textOf = async (source: string, language = 'fr') =>
  (await written(source, { language })).map(({ text }) => seen(text.trim())).join('|');

describe('Markdown', () => {
  it('leaves Liquid as it is written: quotes stay quotes, addresses stay whole', async () => {
    const elements = await written(
      '[voir "tout"]({{ links.view }}) {{ person.nothing | default: "l\'ami -- (c)" }} **{{ person.givenName }}**',
    );
    expect(elements.map(({ name, text }) => [name, seen(text)])).toEqual([
      ['p', "voir «~tout~» l'ami -- (c) Ada"],
      ['a', 'voir «~tout~»'],
      ['strong', 'Ada'],
    ]);
    expect(elements[1]?.attributes.href).toBe('https://letters.example/v');
  });

  it('sets quotes and spaces as the language does', async () => {
    expect(await textOf('L\'hiver "vient" : vite ! "Oui" ; non ?')).toBe(
      'L’hiver «~vient~»~: vite~! «~Oui~»~; non~?',
    );
    expect(await textOf('It\'s "here": now!', 'en')).toBe('It’s “here”: now!');
    expect(await textOf('"{{ person.givenName }}" : oui')).toBe('«~Ada~»~: oui');
  });

  it('shows HTML as text, and makes no link of a bare name', async () => {
    expect(await textOf('<script>alert(1)</script> example.org')).toBe(
      '<script>alert(1)</script> example.org',
    );
    expect(
      (await written('https://example.org/a?b=1&c=2')).map(
        ({ name, attributes }) => attributes.href ?? name,
      ),
    ).toEqual(['p', 'https://example.org/a?b=1&c=2']);
  });

  it('takes a line of tags as a line of its own, around paragraphs, lists and pictures', async () => {
    const source =
      'Un\n{%- if person.fields.city == "Lyon" -%}\nDeux\n{%- else -%}\n- Trois\n{%- endif -%}\nQuatre';
    expect((await written(source)).map(({ name, text }) => [name, text])).toEqual([
      ['p', 'Un'],
      ['p', 'Deux'],
      ['p', 'Quatre'],
    ]);
    const elsewhere = { ...someone, person: {} };
    expect((await written(source, { context: elsewhere })).map(({ name }) => name)).toEqual([
      'p',
      'ul',
      'li',
      'p',
    ]);
  });

  it('makes one list of a loop around an item, and numbers of numbers', async () => {
    const list = '{% for item in items %}\n- [{{ item.title }}]({{ item.url }})\n{% endfor %}';
    expect((await written(list)).map(({ name }) => name)).toEqual(['ul', 'li', 'a', 'li', 'a']);
    expect((await written(list.replace('- ', '1. '))).map(({ name }) => name)).toEqual([
      'ol',
      'li',
      'a',
      'li',
      'a',
    ]);
    const { text } = await sent(markdown(`Avant\n\n${list}\n\nAprès`));
    expect(text).toMatch(
      /^Avant\n\n- Le miel est là \(https:\/\/shop\.example\/miel\)\n- Atelier \(https:\/\/shop\.example\/atelier\)\n\nAprès\n/,
    );
  });

  it('makes a button of a link alone in its paragraph', async () => {
    const elements = await written('[Réserver]({{ links.view }}){.button}');
    expect(elements.map(({ name }) => name)).toEqual(['table', 'tbody', 'tr', 'td', 'a']);
    expect(elements[0]?.attributes).toMatchObject({ role: 'presentation', class: 'button' });
    expect(elements[4]).toMatchObject({
      text: 'Réserver',
      attributes: { href: 'https://letters.example/v' },
    });
    expect(
      await problemsOf(markdown('Oui :\n\n[Réserver]({{ links.view }}){.button} ici')),
    ).toMatchObject([{ line: 3, column: 29 }]);
  });

  it('keeps the words of a picture for those who do not see it', async () => {
    const [, picture] = await written(
      '![Une "table" de {{ person.givenName }}](https://a.example/t.png)',
    );
    expect(picture?.attributes).toMatchObject({
      alt: 'Une "table" de Ada',
      src: 'https://a.example/t.png',
    });
    const [, decoration] = await written('![](https://a.example/t.png)');
    expect(decoration?.attributes.alt).toBe('');
  });

  it('refuses addresses that lead nowhere, with their line', async () => {
    expect(await problemsOf(markdown('a\n\n[b](javascript:alert(1))'))).toMatchObject([
      { line: 3, detail: '"javascript:alert(1)" is not an address a letter can lead to.' },
    ]);
    expect(await problemsOf(markdown('![a](picture.png)'))).toMatchObject([{ line: 1, column: 6 }]);
  });

  it('refuses Liquid that Markdown would swallow', async () => {
    expect(
      await problemsOf(markdown('Bonjour\n\n[ici]: https://a.example/{{ person.a }}')),
    ).toMatchObject(
      [{ line: 3, column: 26, detail: /lost/ as unknown as string }].map(({ line, column }) => ({
        line,
        column,
      })),
    );
    expect(await problemsOf(markdown('**{% if person.a %}a**{% endif %}'))).toMatchObject([
      { line: 1, column: 3 },
    ]);
  });

  it('is one column that says its language, shows its house, and hides what only the mailbox shows', async () => {
    const { html, text } = await sent({
      ...markdown('Bonjour'),
      preheader: 'Rien que {{ person.givenName }}',
      brand: { name: 'Delorme & "fils"', colour: '#f2b705', logoUrl: 'https://a.example/logo.png' },
    });
    const elements = elementsOf(html);
    expect(elements[0]?.attributes).toEqual({ lang: 'fr', dir: 'ltr' });
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('Delorme & "fils"');
    expect(elements.find(({ name }) => name === 'img')?.attributes).toMatchObject({
      src: 'https://a.example/logo.png',
      alt: 'Delorme & "fils"',
    });
    expect(
      elements.filter(
        ({ name, attributes }) => name === 'table' && attributes.role !== 'presentation',
      ),
    ).toEqual([]);
    expect(html).toMatch(/<div style="display:none[^>]*>Rien que Ada/);
    expect(text).not.toContain('Rien que');
    expect(html).toContain('prefers-color-scheme:dark');
  });

  it('reads from right to left where the language does', async () => {
    const { html } = await sent(markdown('مرحبا {{ person.givenName }}', 'ar'));
    expect(elementsOf(html)[0]?.attributes).toEqual({ lang: 'ar', dir: 'rtl' });
  });
});
