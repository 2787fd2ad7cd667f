import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium: the one named by CHROME_PATH, else an installed one, else the one that npm brought. */
export async function launchChromium(): Promise<Browser> {
  const found = [process.env.CHROME_PATH ?? '', ...INSTALLED].find(canRun);
  if (found !== undefined) return chromium.launch({ executablePath: found, args: FLAGS });
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...packed.args, ...FLAGS],
  });
}

function canRun(path: string): boolean {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
