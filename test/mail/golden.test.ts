import { describe, expect, it } from 'vitest';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { compileCampaign } from '../../functions/campaigns/compile.ts';
import { STARTERS } from '../../functions/campaigns/starters.ts';
import { assemble, fillerOf } from '../../functions/mail/template/compile.ts';
import { Brand } from '../../functions/people/brand.ts';
import { someone } from './template/letters.ts';

const BRAND = Brand.parse({});

/** Each block that is not for everybody, seen. */
const SHOWN = { neighbours: true, regulars: true };

describe('the letters that were looked at, on a phone and on a desk, by day and by night', () => {
  it.each(STARTERS.map((starter) => [starter.id, starter] as const))(
    '"%s" is still the letter that was looked at',
    async (id, { subject, preheader, content }) => {
      const source = JSON.stringify(content.source)
        .replaceAll('"url":""', '"url":"https://house.example/picture.jpg"')
        .replaceAll('"link":""', '"link":"https://house.example/"')
        .replaceAll('"name":""', '"name":"Claire Delorme"');
      const input = CampaignInput.parse({
        ...{ name: id, topic: 'arrivages', subject, preheader },
        content: { format: 'blocks', source: JSON.parse(source) as unknown },
      });
      const compiled = (await compileCampaign(input, BRAND)).get('fr')!;
      const letter = assemble(compiled, fillerOf(compiled)({ ...someone, shown: SHOWN }));
      await expect(letter.html).toMatchFileSnapshot(`golden/${id}.html`);
      await expect(letter.text).toMatchFileSnapshot(`golden/${id}.txt`);
    },
  );
});
