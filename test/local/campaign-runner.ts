import { HOUR } from '../../functions/base/time.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { buildTown } from '../../infra/local/town.ts';

/** Opens a data folder and lets a campaign's days pass in it: somebody kills it, and starts it again. */
const [folder = '', until = ''] = process.argv.slice(2);
const town = await buildTown({
  data: folder,
  secrets: {
    links: { current: 'a', keys: { a: 'only-for-this-test-and-long-enough' } },
    addresses: 'only-for-this-test-and-long-enough',
  },
  publicUrl: 'http://localhost:3000',
  clock: { kind: 'held' },
  workers,
  tick,
});
process.stdout.write('open\n');
await town.passTime({ to: Number(until) });
// What a killed worker left in doubt is looked at again some minutes later.
await town.passTime(HOUR);
await town.close();
process.stdout.write('done\n');
