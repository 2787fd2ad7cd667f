import { factsOf, log } from '../../functions/base/log.ts';
import { SECOND } from '../../functions/base/time.ts';
import { fullMomentIn } from '../../functions/base/words.ts';
import { readBrand } from '../../functions/people/store.ts';
import { builtConsole } from '../console.ts';
import { begin } from './begin.ts';
import { DataFolder } from './folder.ts';
import { siteWithTools, type House } from './house.ts';
import { listen, type Listening } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { StartProblem } from './start-problem.ts';

const STOP_MS = 15 * SECOND;
const SECOND_WISH_MS = 1 * SECOND;

// Until there is something to end in order, who started us takes us along.
const leave = () => process.exit(1);
process.once('disconnect', leave);

try {
  await start(readSettings(process.env));
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  console.error(error.message);
  process.exit(1);
}

async function start(settings: Settings): Promise<void> {
  const folder = new DataFolder(settings.MODERATO_DATA);
  const { MODERATO_HOST: host, MODERATO_TOOLS_PORT: toolsPort } = settings;
  const server = await listen({ port: settings.PORT, host });
  const ofTools =
    toolsPort === undefined ? undefined : await listen({ port: toolsPort, host: 'localhost' });
  const url = settings.MODERATO_URL ?? `http://localhost:${server.port}`;
  const tools = toolsUrl(settings, server, ofTools);
  const house = await folder.open(() => begin(folder, settings, { url, toolsUrl: tools }));
  folder.tellRunning(url);
  open(house, server, ofTools);
  stopWhenAsked(house, folder, [server, ...(ofTools ? [ofTools] : [])]);
  house.town.live().catch((error: unknown) => log('error', 'clock-stopped', factsOf(error)));
  // Whoever opens the console first need not wait for it to be built.
  builtConsole().catch((error: unknown) => log('error', 'console-not-built', factsOf(error)));
  console.log(await welcome(house, folder, url, tools));
}

/** The laptop's own pages stand beside the public ones, on a port of their own, or nowhere. */
function open(house: House, server: Listening, ofTools: Listening | undefined): void {
  const { site, tools, town } = house;
  const beside = ofTools || town.mailLeaves ? site : siteWithTools(house);
  server.serve((request, bindings) => beside.fetch(request, bindings));
  ofTools?.serve((request, bindings) => tools.fetch(request, bindings));
}

function toolsUrl({ MAIL_URL }: Settings, server: Listening, ofTools: Listening | undefined) {
  if (ofTools) return `http://localhost:${ofTools.port}`;
  return MAIL_URL ? undefined : `http://localhost:${server.port}`;
}

async function welcome(
  { town }: House,
  folder: DataFolder,
  url: string,
  tools: string | undefined,
) {
  const { name, timeZone } = await readBrand(town.ports);
  const now = fullMomentIn('en', timeZone, town.clock.now());
  const lines = [
    ...(tools === undefined
      ? []
      : [
          ['Start here', tools],
          ['Mailbox', `${tools}/mailbox`],
          ['Clock', `${tools}/clock`],
        ]),
    ['Console', `${url}/console/`],
    ['Sign up', `${url}/subscribe`],
    ['API', `${url}/api/v1/docs`],
    ['API key', folder.keyFile],
  ].map(([place = '', address = '']) => `  ${place.padEnd(12)}${address}`);
  const time =
    town.clock.mode === 'held'
      ? `Time stands at ${now}; the clock page moves it.`
      : `It is ${now}.`;
  const until = town.movesUntil();
  const goesOn =
    until === undefined
      ? ''
      : ` It was on its way to ${fullMomentIn('en', timeZone, until)} when it was cut off, and goes on there now.`;
  const mail = town.mailLeaves ? 'Mail leaves this machine.' : 'No mail leaves this machine.';
  return [`${name} is open. ${time}${goesOn} ${mail}`, '', ...lines, '', 'Ctrl-C stops it.'].join(
    '\n',
  );
}

/** Ctrl-C: no more questions, what is in hand is ended, the folder is let go. Asked again, at once. */
function stopWhenAsked(house: House, folder: DataFolder, servers: readonly Listening[]): void {
  let askedAt: number | undefined;
  const stop = () => {
    if (askedAt !== undefined) {
      // One Ctrl-C may reach us by two ways.
      if (performance.now() - askedAt > SECOND_WISH_MS) process.exit(130);
      return;
    }
    askedAt = performance.now();
    console.log('\nStopping …');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    Promise.all(servers.map((server) => server.close()))
      .then(() => house.town.close())
      .then(
        () => {
          folder.forgetRunning();
          process.exit(0);
        },
        (error: unknown) => {
          log('error', 'stop-failed', factsOf(error));
          process.exit(1);
        },
      );
  };
  process.off('disconnect', leave);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
    process.on(signal, stop);
}
