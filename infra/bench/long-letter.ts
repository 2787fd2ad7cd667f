const BLOCKS = 40;

/** Forty blocks in two languages, half of them titles. */
export const longLetter = (topic: string) => ({
  name: 'Forty blocks',
  topic,
  subject: { fr: 'Le poulsard est là', en: 'The poulsard is here' },
  content: {
    format: 'blocks',
    source: {
      blocks: Array.from({ length: BLOCKS }, (_, at) => {
        const words = { fr: `Le vin numéro ${at}`, en: `Wine number ${at}` };
        return at % 2 === 1
          ? { id: `title-${at}`, kind: 'heading', words }
          : {
              id: `text-${at}`,
              kind: 'text',
              words: {
                fr: `<p>${words.fr}, {{ person.givenName | default: "vous" }} : <strong>léger</strong>, bu frais, avec un comté jeune.</p>`,
                en: `<p>${words.en}, {{ person.givenName | default: "you" }}: <strong>light</strong>, drunk cool, with a young comté.</p>`,
              },
            };
      }),
    },
  },
});
