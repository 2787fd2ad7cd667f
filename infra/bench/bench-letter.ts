import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import { FIELDS, TOPIC } from './readers.ts';

/** 60 KB of letter with twenty personal values. */
export function letter(segment: boolean): CampaignInput {
  const filling =
    'A calm sentence that everybody reads in the same words, as most of a letter is. ';
  const paragraphs = FIELDS.map(
    (field) => `**{{ person.fields.${field} }}** ${filling.repeat(42)}`,
  );
  return CampaignInput.parse({
    name: 'Bench',
    topic: TOPIC,
    subject: 'For {{ person.givenName }}',
    ...(segment ? { audience: { not: { fact: 'purchases', atLeast: 1 } } } : {}),
    content: {
      format: 'markdown',
      source: ['{{ person.greeting }},', ...paragraphs, '{{ person.familyName }}'].join('\n\n'),
    },
  });
}
