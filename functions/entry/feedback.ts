import * as z from 'zod';
import { factsOf, log } from '../base/log.ts';
import { readEvent, type ProviderEvent } from '../feedback/event.ts';
import { EVENT_FILES, takeEach, takeFile } from '../feedback/file.ts';
import type { Worker } from './workers.ts';

/** That a file of events is there, as S3 tells it. */
const FileCame = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string().startsWith(EVENT_FILES) }) }),
});

/** What the provider tells: urgent events each by themselves, the many others in files. */
export const feedback: Worker = async (ports, messages) => {
  const failed: string[] = [];
  const events: { id: string; event: ProviderEvent }[] = [];
  for (const { id, body } of messages)
    try {
      const file = FileCame.safeParse(body);
      if (file.success) await takeFile(ports, file.data.detail.object.key);
      else {
        const event = readEvent(body);
        if (event) events.push({ id, event });
      }
    } catch (error) {
      log('error', 'message-failed', factsOf(error));
      failed.push(id);
    }
  return { failed: [...failed, ...(await takeEach(ports, events))] };
};
