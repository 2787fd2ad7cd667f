import type { CampaignInput } from '../../functions/campaigns/campaign.ts';

/** The demo's topics: a wine merchant's, in French and English. */
export const DEMO_TOPICS = [
  {
    id: 'vignerons',
    name: { fr: 'Nouvelles des vignerons', en: 'Notes from the growers' },
    description: {
      fr: 'Une visite, une vigne, une personne : ce que nous rapportons de la route.',
      en: 'A visit, a vineyard, a person: what we bring back from the road.',
    },
  },
  {
    id: 'arrivages',
    name: { fr: 'Arrivages', en: 'New in' },
    description: {
      fr: 'Ce qui vient d’entrer en cave, parfois en très petite quantité.',
      en: 'What has just come into the cellar, sometimes very little of it.',
    },
  },
  {
    id: 'ateliers',
    name: { fr: 'Ateliers et dégustations', en: 'Tastings' },
    description: {
      fr: 'Douze places, un thème, un soir : à Lyon et à Annecy.',
      en: 'Twelve places, one theme, one evening: in Lyon and in Annecy.',
    },
  },
] as const;

type Letter = Pick<CampaignInput, 'name' | 'topic' | 'subject' | 'summary' | 'content' | 'public'>;

/** Signed by a person, short enough to be read standing up. */
export const DEMO_LETTERS: readonly Letter[] = [
  letter('arrivages', 'Poulsard', {
    fr: {
      subject: 'Le poulsard est rentré',
      summary: 'Trente-six bouteilles d’un rouge qui se boit frais, et pas une de plus.',
      body: 'Il est clair comme un jus de grenade et il sent la fraise des bois. **Le poulsard de Céline** est arrivé ce matin : trente-six bouteilles, et pas une de plus.\n\nServez-le à douze degrés, avec un comté jeune ou sans rien du tout.',
    },
    en: {
      subject: 'The Poulsard is in',
      summary: 'Thirty-six bottles of a red to drink cool, and not one more.',
      body: 'It is as clear as pomegranate juice and smells of wild strawberries. **Céline’s Poulsard** arrived this morning: thirty-six bottles, and not one more.\n\nServe it at twelve degrees, with a young Comté or with nothing at all.',
    },
  }),
  letter('vignerons', 'Une matinée chez Céline', {
    fr: {
      subject: 'Une matinée chez Céline',
      summary: 'Elle taille seule, en parlant à ses pieds de vigne. Nous l’avons suivie.',
      body: 'À sept heures, il gèle encore sur les coteaux d’Arbois. Céline taille seule, deux hectares et demi, en parlant à ses pieds de vigne : « Celui-ci est têtu, il me ressemble. »\n\nNous l’avons suivie une matinée. Elle ne vend qu’à neuf maisons, et la nôtre en est.',
    },
    en: {
      subject: 'A morning with Céline',
      summary: 'She prunes alone, talking to her vines. We followed her.',
      body: 'At seven there is still frost on the slopes of Arbois. Céline prunes alone, two and a half hectares, talking to her vines: “This one is stubborn. It takes after me.”\n\nWe followed her for a morning. She sells to nine houses only, and ours is one of them.',
    },
  }),
  letter('ateliers', 'Atelier fromages', {
    fr: {
      subject: 'Douze places : le vin jaune et ses fromages',
      summary: 'Un soir, quatre comtés, trois vins jaunes.',
      body: 'Quatre comtés, de huit à trente-six mois, et trois vins jaunes pour leur répondre. **À Lyon, un jeudi soir, à 19 h 30.** Nous sommes douze autour de la table, pas davantage.\n\nPour venir, répondez simplement à cette lettre.',
    },
    en: {
      subject: 'Twelve places: vin jaune and its cheeses',
      summary: 'One evening, four Comtés, three vins jaunes.',
      body: 'Four Comtés, from eight months to thirty-six, and three vins jaunes to answer them. **In Lyon, on a Thursday, at half past seven.** We are twelve around the table, no more.\n\nTo come, simply answer this letter.',
    },
  }),
  letter('arrivages', 'Bulles de fête', {
    fr: {
      subject: 'Des bulles qui n’ont pas besoin de fête',
      summary: 'Un crémant élevé trois ans, au prix d’un dimanche.',
      body: 'Trois ans sur lattes, sans un gramme de sucre ajouté. **Le crémant de Julien** n’a pas besoin d’anniversaire : un dimanche suffit.\n\nNous en avons gardé deux cents bouteilles.',
    },
    en: {
      subject: 'Bubbles that need no occasion',
      summary: 'A crémant aged for three years, at the price of a Sunday.',
      body: 'Three years on its lees, not a gram of sugar added. **Julien’s crémant** needs no birthday: a Sunday will do.\n\nWe have kept two hundred bottles.',
    },
  }),
  letter('vignerons', 'Le gel et la patience', {
    fr: {
      subject: 'Le gel, et la patience',
      summary: 'Ce qu’une nuit d’avril change à une année.',
      body: 'Une nuit d’avril a pris la moitié des bourgeons chez Antoine. Il en parle sans colère : « La vigne a le temps. C’est moi qui n’en ai pas. »\n\nL’année sera petite, et peut-être très belle.',
    },
    en: {
      subject: 'Frost, and patience',
      summary: 'What one April night changes in a year.',
      body: 'One night in April took half of Antoine’s buds. He speaks of it without anger: “The vine has time. I am the one who has none.”\n\nThe year will be small, and perhaps very fine.',
    },
  }),
  letter('ateliers', 'Atelier verres', {
    fr: {
      subject: 'Le même vin, dans cinq verres',
      summary: 'Une expérience à faire une fois dans sa vie.',
      body: 'On verse le même vin dans cinq verres, et l’on jure que ce sont cinq vins. **À Annecy, un samedi matin.**\n\nPour venir, répondez à cette lettre ; les enfants goûtent du jus de raisin.',
    },
    en: {
      subject: 'One wine, five glasses',
      summary: 'Something to try once in a lifetime.',
      body: 'The same wine goes into five glasses, and you would swear there were five wines. **In Annecy, on a Saturday morning.**\n\nTo come, answer this letter; children taste grape juice.',
    },
  }),
  letter('arrivages', 'Savagnin', {
    fr: {
      subject: 'Un savagnin pour le comté',
      summary: 'Sec, droit, un peu noix : il attend un fromage.',
      body: 'Il est sec et droit, avec cette pointe de noix verte que l’on aime ou que l’on apprend à aimer. **Le savagnin ouillé d’Antoine** est arrivé ; il attend un comté de vingt-quatre mois.',
    },
    en: {
      subject: 'A Savagnin for the Comté',
      summary: 'Dry, straight, a little walnut: it waits for a cheese.',
      body: 'It is dry and straight, with that touch of green walnut one loves or learns to love. **Antoine’s Savagnin** is in; it waits for a Comté of twenty-four months.',
    },
  }),
  letter('vignerons', 'Julien et ses chevaux', {
    fr: {
      subject: 'Julien laboure au cheval',
      summary: 'Non par nostalgie : parce que la pente ne laisse pas le choix.',
      body: 'Ce n’est pas de la nostalgie. La pente est trop forte pour un tracteur, et Quenelle, neuf cents kilos, y marche comme sur un tapis. Julien la suit en chantant, assez faux.',
    },
    en: {
      subject: 'Julien ploughs with a horse',
      summary: 'Not out of nostalgia: the slope leaves no choice.',
      body: 'It is not nostalgia. The slope is too steep for a tractor, and Quenelle, nine hundred kilos, walks it like a carpet. Julien follows her, singing, rather out of tune.',
    },
  }),
  letter('ateliers', 'Atelier accords', {
    fr: {
      subject: 'Douze places : quatre plats, quatre accords',
      summary: 'On cuisine, on se trompe, on recommence.',
      body: 'Quatre plats simples, et pour chacun deux vins : l’un juste, l’autre faux. **À Lyon, un jeudi soir.** On apprend surtout des erreurs.\n\nPour venir, répondez à cette lettre.',
    },
    en: {
      subject: 'Twelve places: four dishes, four pairings',
      summary: 'We cook, we get it wrong, we start again.',
      body: 'Four simple dishes, and two wines for each: one right, one wrong. **In Lyon, on a Thursday evening.** One learns mostly from the mistakes.\n\nTo come, answer this letter.',
    },
  }),
  letter('arrivages', 'Coffret', {
    fr: {
      subject: 'Trois bouteilles dans une boîte en bois',
      summary: 'Un cadeau qui n’a pas besoin de ruban.',
      body: 'Un poulsard, un savagnin, un crémant : trois bouteilles dans une boîte en bois de Franche-Comté. Elle resservira pour les lettres, les vraies.',
    },
    en: {
      subject: 'Three bottles in a wooden box',
      summary: 'A present that needs no ribbon.',
      body: 'A Poulsard, a Savagnin, a crémant: three bottles in a box of Franche-Comté wood. Afterwards it will hold letters, real ones.',
    },
  }),
];

type Words = { readonly subject: string; readonly summary: string; readonly body: string };

function letter(
  topic: string,
  name: string,
  { fr, en }: { readonly fr: Words; readonly en: Words },
): Letter {
  return {
    name,
    topic,
    subject: { fr: fr.subject, en: en.subject },
    summary: { fr: fr.summary, en: en.summary },
    content: {
      format: 'markdown',
      source: {
        fr: `{{ person.greeting }},\n\n${fr.body}\n\nClaire Delorme`,
        en: `{{ person.greeting }},\n\n${en.body}\n\nClaire Delorme`,
      },
    },
    public: true,
  };
}
