import * as z from 'zod';
import { adapters } from './adapters.ts';
import type { Figure } from './figure.ts';
import { hostileLetters } from './hostile.ts';
import { laptopCampaign, prepare } from './laptop.ts';
import { lists } from './lists.ts';
import { preferencePage } from './pages.ts';
import { rate } from './rate.ts';

/** One measure in a process of its own, so that its memory and its heat are nobody else's. */
const people = z.int().min(1);
export const Measure = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('prepare'),
    data: z.string(),
    people,
    mix: z.enum(['immediate', 'mixed']),
  }),
  z.object({
    do: z.literal('campaign'),
    data: z.string(),
    segment: z.boolean(),
    letters: z.boolean(),
  }),
  z.object({ do: z.literal('adapters'), people }),
  z.object({ do: z.literal('rate') }),
  z.object({ do: z.literal('hostile') }),
  z.object({ do: z.literal('pages'), people }),
  z.object({ do: z.literal('lists'), people }),
  z.object({ do: z.literal('typing') }),
]);
export type Measure = z.infer<typeof Measure>;

async function measured(measure: Measure): Promise<readonly Figure[]> {
  switch (measure.do) {
    case 'prepare':
      return prepare(measure);
    case 'campaign':
      return laptopCampaign(measure);
    case 'adapters':
      return adapters(measure);
    case 'rate':
      return rate();
    case 'hostile':
      return hostileLetters();
    case 'pages':
      return preferencePage(measure);
    case 'lists':
      return lists(measure);
    case 'typing':
      // A browser's driver is loaded by whoever drives one: it would weigh on every other measure.
      return (await import('./typing.ts')).typing();
  }
}

process.once('message', (asked) => {
  void measured(Measure.parse(asked)).then((figures) => {
    process.send?.(figures, () => process.exit(0));
  });
});
