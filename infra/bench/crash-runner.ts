import { HOUR } from '../../functions/base/time.ts';
import { bornTown } from './bench-town.ts';

/** Opens a data folder and lets a campaign's days pass in it: somebody kills it, and starts it again. */
const [folder = '', until = ''] = process.argv.slice(2);
const town = await bornTown(folder);
process.stdout.write('open\n');
await town.passTime({ to: Number(until) });
// What a killed worker left in doubt is looked at again some minutes later.
await town.passTime(HOUR);
await town.close();
process.stdout.write('done\n');
