type Words = { readonly fr: string; readonly en: string };
type Leaf = { readonly id: string; readonly kind: string; readonly [field: string]: unknown };

/** A quarter of the letter: what a house of wine writes, with everything that a letter may hold. */
const QUARTER = 10;
const QUARTERS = 4;

/** Forty blocks in two languages: titles, long texts with names in them, pictures, columns, questions. */
export const longLetter = (topic: string) => ({
  name: 'Forty blocks',
  topic,
  subject: { fr: 'Le poulsard est là', en: 'The poulsard is here' },
  preheader: { fr: 'Six bouteilles par personne', en: 'Six bottles each' },
  content: {
    format: 'blocks',
    source: { blocks: Array.from({ length: QUARTERS * QUARTER }, (_, at) => block(at)) },
  },
});

function block(at: number): Leaf {
  const id = (kind: string) => `${kind}-${at}`;
  const quarter = Math.floor(at / QUARTER) + 1;
  switch (at % QUARTER) {
    case 0:
    case 4:
      return text(id('text'), at);
    case 1:
      return {
        id: id('title'),
        kind: 'heading',
        words: both(
          `Le vin numéro ${at}, pour {{ person.givenName | default: "vous" }}`,
          `Wine number ${at}, for {{ person.givenName | default: "you" }}`,
        ),
      };
    case 2:
      return { id: id('picture'), kind: 'picture', url: '', alt: both('La cave', 'The cellar') };
    case 3:
      return {
        id: id('columns'),
        kind: 'columns',
        split: '1-1',
        columns: [[text(`left-${at}`, at)], [text(`right-${at}`, at), button(`more-${at}`)]],
      };
    case 5:
      return {
        id: id('quote'),
        kind: 'quote',
        words: both('Le plus léger des rouges.', 'The lightest of reds.'),
        by: both('Une cliente de Dole', 'A customer in Dole'),
      };
    case 6:
      return {
        id: id('section'),
        kind: 'section',
        tone: 'quiet',
        blocks: [
          { id: `aside-${at}`, kind: 'heading', level: 3, words: both('À table', 'At table') },
          text(`dish-${at}`, at),
        ],
      };
    case 7:
      return quarter === 1 ? question(id('question')) : { id: id('line'), kind: 'divider' };
    case 8:
      return button(id('button'));
    default:
      return quarter === QUARTERS
        ? {
            id: id('signature'),
            kind: 'signature',
            name: 'Claire Delorme',
            role: both('Caviste', 'Wine merchant'),
          }
        : quarter === 2
          ? { id: id('html'), kind: 'html', words: both('<p>Un tableau</p>', '<p>A table</p>') }
          : text(id('note'), at);
  }
}

const text = (id: string, at: number): Leaf => ({
  id,
  kind: 'text',
  words: both(
    `<p>Le numéro ${at}, {{ person.givenName | default: "vous" }} : <strong>léger</strong>, bu frais, avec un comté jeune. Il vient d’Arbois, où <a href="https://example.org/arbois">trois familles</a> le font encore comme on le faisait, sans hâte et sans rien y mettre.</p>` +
      `<ul><li>une bouteille le soir même</li><li>deux pour l’automne</li></ul><p>Vous nous lisez {{ frequency }}, et c’est bien ainsi.</p>`,
    `<p>Number ${at}, {{ person.givenName | default: "you" }}: <strong>light</strong>, drunk cool, with a young comté. It comes from Arbois, where <a href="https://example.org/arbois">three families</a> still make it as it was made, without haste and without putting anything in.</p>` +
      `<ul><li>a bottle the same evening</li><li>two for the autumn</li></ul><p>You read us {{ frequency }}, and that is well.</p>`,
  ),
});

const button = (id: string): Leaf => ({
  id,
  kind: 'button',
  words: both('Le goûter', 'Taste it'),
  link: 'https://example.org/poulsard',
});

const question = (id: string): Leaf => ({
  id,
  kind: 'question',
  words: both('Rouge ou blanc ?', 'Red or white?'),
  answers: [
    { id: 'red', words: both('Rouge', 'Red') },
    { id: 'white', words: both('Blanc', 'White') },
  ],
});

const both = (fr: string, en: string): Words => ({ fr, en });
