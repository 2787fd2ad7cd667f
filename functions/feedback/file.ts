import { factsOf, log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { readEvent, type ProviderEvent } from './event.ts';
import { takeEvents } from './take.ts';

/** Where the provider's events lie that come in files: one event a line. */
export const EVENT_FILES = 'provider-events/';
const EVENTS_AT_ONCE = 2_000;

/**
 * Takes a file of events, thousands at a time, and removes it: it holds addresses. A file in which
 * something cannot be read stays, for somebody to look at, until it is too old.
 */
export async function takeFile(ports: Ports, key: string): Promise<void> {
  const file = await ports.files.get(key);
  if (!file) return;
  const lines = new TextDecoder().decode(file.bytes).split('\n').filter(Boolean);
  let unreadable = 0;
  for (let from = 0; from < lines.length; from += EVENTS_AT_ONCE) {
    const events: ProviderEvent[] = [];
    for (const line of lines.slice(from, from + EVENTS_AT_ONCE))
      try {
        const event = readEvent(JSON.parse(line));
        if (event) events.push(event);
      } catch {
        unreadable += 1;
      }
    await takeEvents(ports, events);
  }
  if (unreadable > 0) log('error', 'events-unreadable', { count: unreadable });
  else await ports.files.remove(key);
}

/** A fault of one event must not hold up the others: then each is taken alone. */
export async function takeEach(
  ports: Ports,
  events: readonly { readonly id: string; readonly event: ProviderEvent }[],
): Promise<string[]> {
  try {
    await takeEvents(
      ports,
      events.map(({ event }) => event),
    );
    return [];
  } catch (error) {
    log('warn', 'events-taken-alone', factsOf(error));
  }
  const failed: string[] = [];
  for (const { id, event } of events)
    try {
      await takeEvents(ports, [event]);
    } catch (error) {
      log('error', 'event-failed', factsOf(error));
      failed.push(id);
    }
  return failed;
}
