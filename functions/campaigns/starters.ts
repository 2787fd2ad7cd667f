import type { CampaignInput } from './campaign.ts';
import type { Block, Leaf } from '../mail/blocks/block.ts';

type Words = { readonly fr: string; readonly en: string };
/** A letter to start from: its author changes the words and keeps the shape. */
export type Starter = {
  readonly id: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly subject: Words;
  readonly preheader: Words;
  readonly content: Extract<CampaignInput['content'], { readonly format: 'blocks' }>;
};

const letter = (...blocks: Block[]): Starter['content'] => ({
  format: 'blocks',
  source: { blocks },
});
const both = (fr: string, en: string): Words => ({ fr, en });

const heading = (id: string, level: 1 | 2 | 3, fr: string, en: string): Leaf => ({
  ...{ id, kind: 'heading', level },
  words: both(fr, en),
});
const text = (id: string, fr: string, en: string): Extract<Leaf, { kind: 'text' }> => ({
  ...{ id, kind: 'text', size: 'normal' },
  words: both(`<p>${fr}</p>`, `<p>${en}</p>`),
});
const picture = (id: string, fr: string, en: string): Leaf => ({
  ...{ id, kind: 'picture', url: '', width: 'full' },
  alt: both(fr, en),
});
const button = (id: string, fr: string, en: string): Leaf => ({
  ...{ id, kind: 'button', link: '' },
  words: both(fr, en),
});
const divider = (id: string): Leaf => ({ id, kind: 'divider' });
const signature = (id: string): Leaf => ({ id, kind: 'signature', name: '', answers: true });

const GREETING = text('greeting', '{{ person.greeting }},', '{{ person.greeting }},');

/** Six letters that a house of any size could send tomorrow. */
export const STARTERS: readonly Starter[] = [
  {
    id: 'one-thing',
    name: both('Une seule nouvelle', 'One piece of news'),
    purpose: both(
      'Une chose à dire, une image, un geste à faire.',
      'One thing to say, one picture, one thing to do.',
    ),
    subject: both('Du nouveau chez nous', 'Something new with us'),
    preheader: both('Une chose, dite simplement', 'One thing, simply said'),
    content: letter(
      heading('title', 1, 'Dites la nouvelle en une ligne', 'Say the news in one line'),
      GREETING,
      picture('picture', 'Ce que l’on voit sur l’image', 'What the picture shows'),
      text(
        'news',
        'Racontez-la comme à quelqu’un que vous connaissez : ce que c’est, d’où cela vient, pourquoi cela compte.',
        'Tell it as to somebody you know: what it is, where it comes from, why it matters.',
      ),
      button('act', 'Voir de plus près', 'Take a closer look'),
      signature('sign'),
    ),
  },
  {
    id: 'three-things',
    name: both('Trois choses', 'Three things'),
    purpose: both(
      'Une nouvelle en tête, deux autres à côté.',
      'One piece of news first, two more beside each other.',
    ),
    subject: both('Trois choses ce mois-ci', 'Three things this month'),
    preheader: both('La première vient de l’atelier', 'The first comes from the workshop'),
    content: letter(
      heading('title', 1, 'Trois choses ce mois-ci', 'Three things this month'),
      GREETING,
      picture('first-picture', 'La première chose', 'The first thing'),
      heading('first', 2, 'La première', 'The first'),
      text(
        'first-words',
        'Quelques phrases suffisent : la suite est derrière le bouton.',
        'A few sentences are enough: the rest is behind the button.',
      ),
      button('first-act', 'Lire la suite', 'Read the rest of it'),
      divider('line'),
      {
        id: 'others',
        kind: 'columns',
        split: '1-1',
        columns: [
          [
            picture('second-picture', 'La deuxième chose', 'The second thing'),
            heading('second', 3, 'La deuxième', 'The second'),
            text('second-words', 'Une phrase.', 'One sentence.'),
          ],
          [
            picture('third-picture', 'La troisième chose', 'The third thing'),
            heading('third', 3, 'La troisième', 'The third'),
            text('third-words', 'Une phrase.', 'One sentence.'),
          ],
        ],
      },
      signature('sign'),
    ),
  },
  {
    id: 'invitation',
    name: both('Une invitation', 'An invitation'),
    purpose: both(
      'Un lieu, un jour, une heure ; un mot de plus pour qui habite à côté.',
      'A place, a day, an hour; one more word for who lives next door.',
    ),
    subject: both('Samedi, on vous attend', 'Saturday: we expect you'),
    preheader: both('Le lieu, l’heure, et le café', 'The place, the hour, and the coffee'),
    content: letter(
      heading('title', 1, 'On vous attend samedi', 'We expect you on Saturday'),
      GREETING,
      text(
        'why',
        'Dites pourquoi on se réunit, et ce que l’on n’y verra nulle part ailleurs.',
        'Say why people come together, and what they will see nowhere else.',
      ),
      {
        id: 'where',
        kind: 'section',
        tone: 'brand',
        blocks: [
          heading(
            'when',
            2,
            'Samedi 5 décembre, de 10 h à 18 h',
            'Saturday 5 December, 10 am to 6 pm',
          ),
          text('place', '12 rue des Tanneurs, Lyon', '12 rue des Tanneurs, Lyon'),
          button('come', 'Dire que je viens', 'Say that I am coming'),
        ],
      },
      {
        ...text(
          'neighbours',
          'Vous habitez Lyon : venez dès 9 h, la porte sera ouverte pour vous.',
          'You live in Lyon: come from 9 on, the door will be open for you.',
        ),
        showIf: { field: 'city', is: 'Lyon' },
      },
      signature('sign'),
    ),
  },
  {
    id: 'story',
    name: both('Un récit', 'A story'),
    purpose: both(
      'Une lettre à lire, sans rien à vendre.',
      'A letter to read, with nothing to sell.',
    ),
    subject: both('Comment naît une table', 'How a table is born'),
    preheader: both(
      'Trois minutes avec Marc, à l’atelier',
      'Three minutes with Marc, in the workshop',
    ),
    content: letter(
      heading('title', 1, 'Comment naît une table', 'How a table is born'),
      GREETING,
      text(
        'begin',
        'Commencez par un lieu et une personne. Le lecteur doit entendre une voix.',
        'Begin with a place and a person. The reader must hear a voice.',
      ),
      picture('picture', 'Marc à son établi', 'Marc at his bench'),
      heading('turn', 2, 'Puis ce qui change', 'Then what changes'),
      text(
        'middle',
        'Un obstacle, un détail que l’on ne sait pas, une décision.',
        'An obstacle, a detail that nobody knows, a decision.',
      ),
      {
        id: 'said',
        kind: 'quote',
        words: both('« Le bois dit quand il est prêt. »', '“The wood says when it is ready.”'),
        by: both('Marc, menuisier', 'Marc, joiner'),
      },
      text('end', 'Finissez là où vous avez commencé.', 'End where you began.'),
      signature('sign'),
      { id: 'pace', kind: 'pace' },
    ),
  },
  {
    id: 'sale',
    name: both('Une vente, honnêtement', 'A sale, honestly'),
    purpose: both(
      'Ce qui baisse, jusqu’à quand, et rien qui presse.',
      'What costs less, until when, and nothing that hurries.',
    ),
    subject: both('La vente d’hiver, jusqu’au 15', 'The winter sale, until the 15th'),
    preheader: both('Les prix, les dates, et c’est tout', 'The prices, the dates, and that is all'),
    content: letter(
      heading('title', 1, 'La vente d’hiver', 'The winter sale'),
      GREETING,
      text(
        'what',
        '<strong>Jusqu’au 15 décembre</strong>, trois choses coûtent moins. Passé ce jour, elles reprennent leur prix.',
        '<strong>Until 15 December</strong> three things cost less. After that day they have their price again.',
      ),
      {
        id: 'things',
        kind: 'columns',
        split: '1-1-1',
        columns: [1, 2, 3].map((one) => [
          picture(`thing-${one}`, `L’objet ${one}`, `Thing ${one}`),
          text(`price-${one}`, 'Son nom<br><s>60 €</s> 45 €', 'Its name<br><s>€60</s> €45'),
        ]),
      },
      button('see', 'Voir la vente', 'See the sale'),
      {
        ...text(
          'regulars',
          'Vous venez souvent chez nous : la vente est déjà ouverte pour vous.',
          'You often come to us: for you the sale is already open.',
        ),
        showIf: { fact: 'purchases', atLeast: 3 },
      },
      {
        ...text(
          'small',
          'Dans la limite des stocks. Réduction sur le prix le plus bas des 30 derniers jours.',
          'While stocks last. Reduced from the lowest price of the last 30 days.',
        ),
        size: 'small',
      },
      signature('sign'),
    ),
  },
  {
    id: 'thanks',
    name: both('Un merci', 'A thank-you'),
    purpose: both(
      'Quelques lignes d’une personne à une autre.',
      'A few lines from one person to another.',
    ),
    subject: both('Merci', 'Thank you'),
    preheader: both('Juste un mot', 'Just a word'),
    content: letter(
      GREETING,
      text(
        'thanks',
        'Cette année, vous avez été nombreux à pousser notre porte. Je voulais vous le dire moi-même : merci.',
        'This year many of you came through our door. I wanted to say it myself: thank you.',
      ),
      text(
        'ask',
        'Si une chose vous a manqué chez nous, répondez à cette lettre. Je lis tout.',
        'If you missed something with us, reply to this letter. I read everything.',
      ),
      signature('sign'),
    ),
  },
];
