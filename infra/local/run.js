/**
 * Every npm script starts here, on whatever Node the machine has: it installs what is missing, then
 * runs the script on the Node 24 that npm brought. It stays plain JavaScript without dependencies,
 * in words that an old Node can still parse, so that an old Node can be told it is too old.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
const newerNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
const stamp = join(modules, '.moderato-lock');

/**
 * What a batch of mails needs lives a little longer than a small nursery keeps it: with more room
 * there, less is carried into the old heap only to be cleared out of it again. And the old heap is
 * cleared when it is a little over twice what lives in it, not four times: that holds no more
 * memory for a million readers than for ten thousand.
 */
const MEMORY = ['--max-semi-space-size=16', '--heap-growing-percent=120'];

main(process.argv.slice(2));

function main(command) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    stop(`Moderato needs Node ${OLDEST_NODE} or newer; this is Node ${process.versions.node}.`);
  if (command.length === 0)
    stop('Say which script to run: node infra/local/run.js <script> [args]');
  if (!isInstalled()) install();
  run(command);
}

/** The stamp makes this cheap: one hash of the lock file, and no look at a single package. */
function isInstalled() {
  if (!existsSync(newerNode)) return false;
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!isInStep(JSON.parse(lock))) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** npm writes down what it has installed as its last act; somebody may have called npm themselves. */
function isInStep(lock) {
  const written = join(modules, '.package-lock.json');
  if (!existsSync(written)) return false;
  const wanted = lock.packages;
  const found = JSON.parse(readFileSync(written)).packages;
  const isWanted = (path) => wanted[path] && wanted[path].version === found[path].version;
  const isFound = (path) => path === '' || wanted[path].optional || found[path];
  return Object.keys(found).every(isWanted) && Object.keys(wanted).every(isFound);
}

function install() {
  console.error('Installing what is missing (npm ci), this takes a minute …');
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const installed = npm
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', flags, { cwd: root, stdio: 'inherit', shell: windows });
  if (installed.error)
    stop(`npm could not be started (${installed.error.message}): install npm, then try again.`);
  if (installed.status !== 0)
    stop('npm could not install what Moderato needs: what it says above is why. Then try again.');
  if (!isInstalled())
    stop(
      `npm installed the packages, but not its own Node in ${newerNode}: ` +
        'allow install scripts (npm config set ignore-scripts false), then try again.',
    );
}

function run(command) {
  const child = spawn(newerNode, [...MEMORY, ...command], {
    // The channel carries nothing: its end tells the script that we are gone, even by kill -9.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      // What was read once need not be read again: a start takes a third of the time.
      NODE_COMPILE_CACHE: join(modules, '.cache', 'compiled'),
      ...process.env,
      PATH: join(modules, '.bin') + delimiter + process.env.PATH,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // A terminal gives Ctrl-C to everybody in front of it, the script included.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  stopWithNpm(child);
  child.on('error', (error) => stop(`The script could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal).kill(process.pid, signal);
    else process.exit(code);
  });
}

/** Killed without a word, npm takes nobody with it: a server that nobody watches would keep the port. */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
