import { lazy, type ComponentType } from 'react';
import { lazyRouteComponent } from '@tanstack/react-router';
import { Unreached } from '../api/client.ts';

/** A part of the console did not come: the house is away, or has a newer console by now. */
export class NotFetched extends Unreached {}

/** The kind of `lazy` that says in our words what went wrong. */
async function fetched<Room>(load: () => Promise<Room>): Promise<Room> {
  try {
    return await load();
  } catch (cause) {
    throw new NotFetched('a part of the console did not come', { cause });
  }
}

/** A room, fetched by whoever goes there. */
export const room = <Name extends string, Room extends Record<Name, ComponentType>>(
  load: () => Promise<Room>,
  name: Name,
) => lazyRouteComponent(() => fetched(load), name);

/** A part of a room, fetched by whoever needs it. */
export const partOf = <Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) => lazy(async () => ({ default: (await fetched(load))[name] }));

const ANEW = 'moderato.anew';
const ANEW_AT_MOST_EVERY_MS = 10_000;

/**
 * What was not fetched is not asked for again by the browser: the page is opened anew, in its newest
 * version, as soon as the house answers. By itself not twice in a row.
 */
export async function openAnew({ isAsked }: { readonly isAsked: boolean }): Promise<void> {
  const last = Number(sessionStorage.getItem(ANEW) ?? 0);
  if (!isAsked && Date.now() - last < ANEW_AT_MOST_EVERY_MS) return;
  const answer = await fetch('/console/', { cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  sessionStorage.setItem(ANEW, String(Date.now()));
  location.reload();
}
