import type { Context } from 'hono';
import * as z from 'zod';
import { newApp } from '../../../functions/base/http.ts';
import { Problem } from '../../../functions/base/problem.ts';
import type { Town } from '../town.ts';
import { clockPage } from './clock-page.ts';
import { momentWished, Stays } from './clock-wish.ts';
import { answerTool, wantsJson } from './frame.ts';
import { voiceFor, type HereKey } from './voice.ts';

export type ClockTown = Pick<
  Town,
  'clock' | 'passTime' | 'movesUntil' | 'nextMoment' | 'mailLeaves' | 'mailbox'
>;
type Wrong = { readonly key: HereKey; readonly status: Problem['status'] };

/** How many mails left while time passed, told once by the page that one comes back to. */
const Left = z.coerce.number().int().min(0).max(1_000_000_000);

/** Shows the clock, and moves it through everything that is due on the way. */
export function clockTool(town: ClockTown, timeZone: () => Promise<string>) {
  const page = (c: Context, zone: string, wrong?: Wrong) => {
    const voice = voiceFor(c);
    const left = Left.safeParse(c.req.query('left')).data;
    const body = clockPage(voice, town, zone, { wrong: wrong?.key, left });
    return answerTool(c, { title: voice.say('place.clock'), status: wrong?.status ?? 200, body });
  };
  return newApp()
    .get('/clock', async (c) => {
      const zone = await timeZone();
      return wantsJson(c) ? c.json(clockJson(town, zone)) : page(c, zone);
    })
    .get('/clock.json', async (c) => c.json(clockJson(town, await timeZone())))
    .post('/clock', async (c) => {
      const zone = await timeZone();
      const asForm = !(c.req.header('content-type') ?? '').includes('json');
      try {
        const to = momentWished(await read(c, asForm), town, zone);
        const before = town.mailbox.count();
        const passed = await town.passTime({ to });
        const left = town.mailbox.count() - before;
        if (asForm && !wantsJson(c)) return c.redirect(`/clock?left=${left}`, 303);
        return c.json({ now: new Date(passed.now).toISOString(), ran: passed.ran });
      } catch (error) {
        const key = asForm && !wantsJson(c) ? keyOf(error) : undefined;
        if (key === undefined) throw error;
        return page(c, zone, { key, status: (error as Problem).status });
      }
    });
}

function clockJson(town: ClockTown, timeZone: string) {
  const until = town.movesUntil();
  return {
    now: new Date(town.clock.now()).toISOString(),
    timeZone,
    mode: town.clock.mode,
    movingUntil: until === undefined ? null : new Date(until).toISOString(),
  };
}

/** Who sent the page's own form is told on the page; time stands where it came to. */
function keyOf(error: unknown): HereKey | undefined {
  if (error instanceof Stays) return error.key;
  return error instanceof Problem && error.code === 'no-room' ? 'clock.wrong.room' : undefined;
}

async function read(c: Context, asForm: boolean): Promise<unknown> {
  if (asForm) return c.req.parseBody();
  try {
    return await c.req.json();
  } catch (cause) {
    throw new Problem('body-not-json', { cause });
  }
}
