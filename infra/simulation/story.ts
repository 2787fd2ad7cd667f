import type { World } from './world.ts';

const LINES_MOST = 80;

/** What happened to the person a broken promise was made to, in order, and to the mailings meanwhile. */
export function toldStory({ account, known, scenario }: World): string[] {
  const { broken, notes } = account;
  const who = broken?.who;
  const member = who === undefined ? undefined : known.member(who);
  const lines = notes
    .filter((note) => note.who === undefined || note.who === who)
    .map(({ at, text, who: whose }) => `${stamp(at)}  ${whose ? '' : '· '}${text}`);
  const shown =
    lines.length > LINES_MOST
      ? [`… ${lines.length - LINES_MOST} lines before`, ...lines.slice(-LINES_MOST)]
      : lines;
  const faults = Object.entries(scenario.faults).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== 0 && value !== false,
  );
  return [
    `cap ${scenario.cap.mails} in ${scenario.cap.days} days; ${scenario.cast.length} people, ${
      scenario.sheets.filter(({ writtenAt }) => writtenAt < Infinity).length
    } campaigns, ${scenario.acts.length} acts; scenes until ${stamp(scenario.scenesUntil)}`,
    `faults: ${faults.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ')}`,
    ...(member ? [`${who}: ${JSON.stringify(member)}`] : []),
    ...shown,
  ];
}

const stamp = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 23);
