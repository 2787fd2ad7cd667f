import { describe, expect, it } from 'vitest';
import { elementsOf, letter, problemsOf, sent, someone } from './letters.ts';

const column = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>\n${inside}\n</mj-column></mj-section></mj-body></mjml>`;
const mjml = (source: string) => letter({ format: 'mjml', source });
const lyon = someone;
const nice = { ...someone, person: { fields: { city: 'Nice' } }, items: [] };
const onlyLyon = (inside: string) => `{% if person.fields.city == "Lyon" %}${inside}{% endif %}`;

describe('MJML', () => {
  it.each([
    ['a component', column(`<mj-text>Tous</mj-text>${onlyLyon('<mj-text>Secret</mj-text>')}`)],
    [
      'a column',
      `<mjml><mj-body><mj-section>${onlyLyon('<mj-column><mj-text>Secret</mj-text></mj-column>')}<mj-column><mj-text>Tous</mj-text></mj-column></mj-section></mj-body></mjml>`,
    ],
    [
      'a section',
      `<mjml><mj-body>${onlyLyon('<mj-section><mj-column><mj-text>Secret</mj-text></mj-column></mj-section>')}<mj-section><mj-column><mj-text>Tous</mj-text></mj-column></mj-section></mj-body></mjml>`,
    ],
    [
      'a wrapped section',
      `<mjml><mj-body><mj-wrapper>${onlyLyon('<mj-section><mj-column><mj-text>Secret</mj-text></mj-column></mj-section>')}<mj-section><mj-column><mj-text>Tous</mj-text></mj-column></mj-section></mj-wrapper></mj-body></mjml>`,
    ],
    [
      'a part of a hero',
      `<mjml><mj-body><mj-hero><mj-text>Tous</mj-text>${onlyLyon('<mj-text>Secret</mj-text>')}</mj-hero></mj-body></mjml>`,
    ],
    ['words in a text', column(`<mj-text>Tous ${onlyLyon('Secret')}</mj-text>`)],
    [
      'a row of a table',
      column(`<mj-table><tr><td>Tous</td></tr>${onlyLyon('<tr><td>Secret</td></tr>')}</mj-table>`),
    ],
  ])('keeps a condition around %s: nobody reads what is not for them', async (_, source) => {
    const here = await sent(mjml(source), lyon);
    const elsewhere = await sent(mjml(source), nice);
    expect(here.html).toContain('Secret');
    expect(here.text).toContain('Secret');
    expect(elsewhere.html).not.toContain('Secret');
    expect(elsewhere.text).not.toContain('Secret');
    for (const { html, text } of [here, elsewhere]) {
      expect(html).toContain('Tous');
      expect(text).toContain('Tous');
    }
    // Outlook's own tables open and close in pairs, with the condition and without.
    for (const { html } of [here, elsewhere]) {
      const outlooks = [...html.matchAll(/<!--\[if mso \| IE\]>([^]*?)<!\[endif\]-->/g)]
        .map(([, inner]) => inner)
        .join('');
      for (const name of ['table', 'tr', 'td'])
        expect(outlooks.split(`<${name}`).length).toBe(outlooks.split(`</${name}`).length);
    }
  });

  it('repeats a component for each thing of a list', async () => {
    const { html } = await sent(
      mjml(
        column(
          '{% for item in items %}<mj-button href="{{ item.url }}">{{ item.title }}</mj-button>{% endfor %}',
        ),
      ),
    );
    const links = elementsOf(html).filter(
      ({ name, attributes }) => name === 'a' && attributes.href?.includes('shop'),
    );
    expect(links.map(({ text }) => text.trim())).toEqual(['Le miel est là', 'Atelier']);
  });

  it.each([
    ['words between components', column('Perdu <mj-text>x</mj-text>'), 2, 1, /drops text/],
    [
      'an output between components',
      column('<mj-text>x</mj-text>\n{{ person.givenName }}'),
      3,
      1,
      /drops Liquid/,
    ],
    [
      'a tag in the head',
      '<mjml><mj-head>{% if person.a %}<mj-title>x</mj-title>{% endif %}</mj-head><mj-body></mj-body></mjml>',
      1,
      16,
      /drops Liquid/,
    ],
    [
      'a tag among attributes',
      column('<mj-text {% if person.a %}color="red"{% endif %}>x</mj-text>'),
      2,
      10,
      /not beside it/,
    ],
    [
      'a tag in a carousel',
      column(
        '<mj-carousel>{% if person.a %}<mj-carousel-image src="https://a.example/1.png" />{% endif %}</mj-carousel>',
      ),
      2,
      14,
      /drops Liquid/,
    ],
    [
      'an output as a colour',
      column('<mj-text color="{{ person.colour }}">x</mj-text>'),
      2,
      17,
      /no Liquid in this attribute/,
    ],
    [
      'an unknown component',
      column('<mj-text>x</mj-text>\n\n<mj-words>x</mj-words>'),
      4,
      1,
      /mj-words/,
    ],
    [
      'an unknown component after Liquid over lines',
      column('<mj-text>{{ person.a\n | default: "x" }}</mj-text>\n<mj-words>x</mj-words>'),
      4,
      1,
      /mj-words/,
    ],
    ['another file', column('<mj-include path="/etc/passwd" />'), 2, 1, /no other file/],
    [
      'what moves tags about',
      `<mjml><mj-head><mj-html-attributes><mj-selector path="td"><mj-html-attribute name="a">b</mj-html-attribute></mj-selector></mj-html-attributes></mj-head><mj-body><mj-section><mj-column>${onlyLyon('<mj-text>x</mj-text>')}</mj-column></mj-section></mj-body></mjml>`,
      1,
      16,
      /may move/,
    ],
    ['something else', 'Bonjour', 1, 1, /drops text/],
    ['nothing', '', 1, 1, /cannot read/],
  ])('refuses %s, with its line', async (_, source, line, at, detail) => {
    const [problem] = await problemsOf(mjml(source));
    expect(problem).toMatchObject({ where: 'source', line, column: at });
    expect(problem?.detail).toMatch(detail);
    expect(JSON.stringify(problem)).not.toMatch(/mq[0-9a-f]{8}|Line \d/);
  });

  it('says its language, asks no other server for anything, and runs no script', async () => {
    const source = `<mjml><mj-head><mj-font name="Raleway" href="https://fonts.example/css" /><mj-raw><script>alert(1)</script><link rel="stylesheet" href="https://a.example/a.css"></mj-raw></mj-head><mj-body><mj-section><mj-column><mj-text font-family="Raleway"><b onclick="alert(1)">x</b><script>alert(1)</script></mj-text></mj-column></mj-section></mj-body></mjml>`;
    const { html } = await sent({ ...mjml(source), language: 'ar' });
    expect(elementsOf(html)[0]?.attributes).toMatchObject({ lang: 'ar', dir: 'rtl' });
    expect(html).toContain('<title>Maison Delorme</title>');
    expect(html).not.toMatch(/<script|onclick|fonts\.|@import|<link/);
  });
});
