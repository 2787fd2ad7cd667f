import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../../functions/base/problem.ts';
import { StartProblem } from './start-problem.ts';

const ANOTHER = 'set MODERATO_DATA to another folder';
const BROKEN = `Put back a copy of the folder from before, or ${ANOTHER}.`;

/** Makes the folder if there is none and writes into it, or says in a sentence why that cannot be. */
export function makeWritable(path: string): void {
  try {
    makeFolder(path);
    const trial = join(path, `.trial-${process.pid}`);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (cause) {
    throw new StartProblem(`The data folder ${path} cannot be written to: ${whyNot(cause)}.`, {
      cause,
    });
  }
}

/** Folder by folder: where a file system refuses new names, Node's own way tries for ever. */
function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error('a file stands there'), { code: 'ENOTDIR' });
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

const IS_A_FILE = `it is a file, or lies under one; ${ANOTHER}`;
const NO_ROOM = `there is no room left on its disk; make room, or ${ANOTHER}`;
const PERMISSIONS = `mend its permissions, or ${ANOTHER}`;
const WHY_NOT: Readonly<Record<string, string>> = {
  ENOTDIR: IS_A_FILE,
  EEXIST: IS_A_FILE,
  EROFS: `its disk is read-only; ${ANOTHER}`,
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  ENAMETOOLONG: `its name is too long; ${ANOTHER}`,
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
};

function whyNot(cause: unknown): string {
  return WHY_NOT[codeOf(cause) ?? ''] ?? `no folder can be made there; ${ANOTHER}`;
}

/** What stands in the folder cannot be opened: said in a sentence where a person can do something. */
export function whyNotOpened(path: string, cause: unknown): StartProblem | undefined {
  const sentence = cause instanceof Problem ? ofProblem(cause) : ofDatabase(cause);
  return sentence === undefined
    ? undefined
    : new StartProblem(`The data folder ${path} cannot be opened: ${sentence}`, { cause });
}

function ofProblem({ code, message, remedy }: Problem): string | undefined {
  return code === 'no-room' ? `${message} ${remedy}` : undefined;
}

/** By the numbers of SQLite, of which the lowest byte is the kind. */
function ofDatabase(cause: unknown): string | undefined {
  if (codeOf(cause) === 'ENOSPC') return `there is no room left on its disk; make room first.`;
  if (codeOf(cause) !== 'ERR_SQLITE_ERROR') return undefined;
  switch ((cause as { readonly errcode?: number }).errcode! & 0xff) {
    case 8:
      return 'moderato.sqlite in it may only be read; mend its permissions.';
    case 10:
      return 'the disk fails to read or write moderato.sqlite; look after the disk first.';
    case 13:
      return 'there is no room left on its disk; make room first.';
    case 14:
      return 'moderato.sqlite in it is no file that may be read and written; mend its permissions.';
    case 11:
    case 26:
      return `moderato.sqlite in it is damaged, or no database. ${BROKEN}`;
    default:
      return undefined;
  }
}

/** A file of the folder's own that holds something else than what was written into it. */
export function damaged(file: string, cause: unknown): StartProblem {
  return new StartProblem(
    `The file ${file} is damaged, and nothing in the house can be read without it. ${BROKEN}`,
    { cause },
  );
}

export function missing(file: string): StartProblem {
  return new StartProblem(
    `The file ${file} is missing, and nothing in the house can be read without it. ${BROKEN}`,
  );
}

function codeOf(cause: unknown): string | undefined {
  return (cause as NodeJS.ErrnoException | undefined)?.code;
}
