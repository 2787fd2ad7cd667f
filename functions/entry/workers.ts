import * as z from 'zod';
import { factsOf, log } from '../base/log.ts';
import type { Line, Ports } from '../base/ports.ts';
import { planCampaign, PlanMessage } from '../campaigns/plan.ts';
import { startCampaign } from '../campaigns/start.ts';
import { stepSeries } from '../campaigns/step-series.ts';
import { endOfTerm } from '../consent/end-of-term.ts';
import { forgetSignUp } from '../consent/forget-sign-up.ts';
import { closeLedgerDays } from '../consent/ledger-day.ts';
import { postRows, probeMailing } from '../mail/control.ts';
import { judgeFirst } from '../mail/judge-first.ts';
import { DeliveryName } from '../mail/delivery.ts';
import { dispatch } from '../mail/dispatch.ts';
import { planLetters } from '../mail/plan-letters.ts';
import { restMailing } from '../mail/rest.ts';
import { welcome } from '../mail/welcome.ts';
import { finishErasure } from '../preferences/erase.ts';
import { forgetUndo } from '../preferences/undo-row.ts';
import { countFile } from '../stats/count-file.ts';
import { forgetImport, stepImport } from '../transfer/run-import.ts';

export type Worker = (
  ports: Ports,
  messages: readonly { readonly id: string; readonly body: unknown }[],
) => Promise<{ readonly failed: string[] }>;

/** What each line feeds. The same workers stand behind SQS, behind the laptop's queue and in the simulator. */
export const workers: Record<Line, Worker> = {
  service: allAtOnce(async (ports, body) => dispatch(ports, DeliveryName.parse(body))),
  editorial: eachAlone(async (ports, body) => dispatch(ports, DeliveryName.parse(body))),
  work: eachAlone(async (ports, body) => doWork(ports, Work.parse(body))),
};

const Work = z.discriminatedUnion('do', [
  PlanMessage,
  z.object({ do: z.literal('plan-letters'), shard: z.int() }),
  z.object({ do: z.literal('close-ledger') }),
  z.object({ do: z.literal('count-file'), anew: z.boolean().optional() }),
  z.object({ do: z.literal('agenda'), kind: z.string(), id: z.string() }),
]);
type Work = z.infer<typeof Work>;

async function doWork(ports: Ports, work: Work): Promise<void> {
  switch (work.do) {
    case 'plan-campaign':
      return planCampaign(ports, work);
    case 'plan-letters':
      if ((await planLetters(ports, work.shard)) === 'more')
        await ports.queue.post('work', [{ body: work }]);
      return;
    case 'close-ledger':
      return closeLedgerDays(ports);
    case 'count-file':
      return countFile(ports, { anew: work.anew ?? false });
    case 'agenda':
      return doAgenda(ports, work);
  }
}

/** Everything that happens later, by kind. Each may be asked twice or late, and removes its own row when it is done. */
async function doAgenda(ports: Ports, { kind, id }: { kind: string; id: string }): Promise<void> {
  switch (kind) {
    case 'start-campaign':
      return startCampaign(ports, id);
    case 'repeat':
      return stepSeries(ports, id);
    case 'probe':
      return probeMailing(ports, id);
    case 'post-rows':
      return postRows(ports, id);
    case 'judge-first':
      return judgeFirst(ports, id);
    case 'rest-mailing':
      return restMailing(ports, id);
    case 'welcome':
      return welcome(ports, id);
    case 'forget-sign-up':
      return forgetSignUp(ports, id);
    case 'end-of-term':
      return endOfTerm(ports, id);
    case 'forget-undo':
      return forgetUndo(ports, id);
    case 'import':
      return stepImport(ports, id);
    case 'forget-import':
      return forgetImport(ports, id);
    case 'finish-erasure':
      return finishErasure(ports, id);
    default:
      throw new Error(`nobody does "${kind}" on the agenda`);
  }
}

type OneMessage = (ports: Ports, body: unknown) => Promise<void>;

/** One message that fails is tried again alone; its neighbours are done. */
function eachAlone(work: OneMessage): Worker {
  return async (ports, messages) => {
    const failed: string[] = [];
    for (const message of messages) failed.push(...(await attempt(work, ports, message)));
    return { failed };
  };
}

/** The same, none waiting for the one before: each of them is a single mail that somebody waits for. */
function allAtOnce(work: OneMessage): Worker {
  return async (ports, messages) => {
    const failed = await Promise.all(messages.map((message) => attempt(work, ports, message)));
    return { failed: failed.flat() };
  };
}

async function attempt(
  work: OneMessage,
  ports: Ports,
  { id, body }: { readonly id: string; readonly body: unknown },
): Promise<string[]> {
  try {
    await work(ports, body);
    return [];
  } catch (error) {
    log('error', 'message-failed', factsOf(error));
    return [id];
  }
}
