/**
 * A request we understood and will not carry out. The person asking can do something about it,
 * so each code carries its status, its title and what to do. Codes are a contract; words may improve.
 */
const catalogue = {
  'body-not-json': {
    status: 400,
    title: 'The body is not valid JSON.',
    remedy: 'Send one JSON value, in UTF-8, with content-type application/json.',
  },
  'body-not-a-form': {
    status: 400,
    title: 'The body is not a form.',
    remedy: 'Send application/x-www-form-urlencoded or multipart/form-data.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large.',
    remedy: 'Send it in smaller parts; each call takes 1 MB.',
  },
  'content-type-not-taken': {
    status: 415,
    title: 'This kind of content is not taken here.',
    remedy: 'Send content-type: application/json.',
  },
  'input-invalid': {
    status: 422,
    title: 'Some of the input cannot be taken.',
    remedy: 'Mend each place named in "errors" and send the call again; nothing was changed.',
  },
  'template-invalid': {
    status: 422,
    title: 'The letter cannot be made from this template.',
    remedy: 'Mend each line and column named in "errors" and save again; nothing was changed.',
  },
  'key-missing': {
    status: 401,
    title: 'An API key is needed.',
    remedy: 'Send "Authorization: Bearer <key>", with an API key or a sign-in.',
  },
  'key-not-valid': {
    status: 401,
    title: 'This API key is not valid.',
    remedy: 'Use a key that has not been withdrawn, or make a new one.',
  },
  'token-not-valid': {
    status: 401,
    title: 'This sign-in is not valid.',
    remedy: 'Sign in again.',
  },
  'token-expired': {
    status: 401,
    title: 'This sign-in has run out.',
    remedy: 'Renew it, or sign in again.',
  },
  'not-a-member': {
    status: 403,
    title: 'This account does not belong to the house.',
    remedy: 'Ask an owner to invite the address you sign in with.',
  },
  'role-may-not': {
    status: 403,
    title: 'Your role may not do that.',
    remedy: 'Ask an owner, or somebody whose role may.',
  },
  'last-owner': {
    status: 409,
    title: 'A house needs an owner.',
    remedy: 'Make somebody else an owner first.',
  },
  'sign-in-unreachable': {
    status: 503,
    title: 'Who signs people in cannot be reached.',
    remedy: 'Try again in a moment.',
  },
  'scope-missing': {
    status: 403,
    title: 'This key may not do that.',
    remedy: 'Use a key with the scope named in "detail".',
  },
  'test-key': {
    status: 403,
    title: 'A test key never sends.',
    remedy: 'Send this call with a live key; nothing was changed.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here.',
    remedy: 'Check the address and the id.',
  },
  'method-not-taken': {
    status: 405,
    title: 'This address does not take that method.',
    remedy: 'Use one of the methods named in the Allow header.',
  },
  'already-there': {
    status: 409,
    title: 'It is already there.',
    remedy: 'Change the one that exists, or choose another id.',
  },
  'changed-meanwhile': {
    status: 412,
    title: 'Somebody changed it meanwhile.',
    remedy: 'Read it again, apply your change to what it is now, and send its new ETag.',
  },
  'version-missing': {
    status: 428,
    title: 'A change needs the version it is made to.',
    remedy: 'Send If-Match with the ETag you read.',
  },
  'key-used-for-another': {
    status: 422,
    title: 'This Idempotency-Key was used for another body.',
    remedy: 'Use a new key for a new call.',
  },
  'still-running': {
    status: 409,
    title: 'A call with this Idempotency-Key is still running.',
    remedy: 'Wait a moment and send the same call again.',
  },
  'too-many': {
    status: 429,
    title: 'Too many calls.',
    remedy: 'Wait as long as Retry-After says.',
  },
  'topic-unknown': {
    status: 422,
    title: 'There is no such topic.',
    remedy: 'Create the topic first, or use the id of an existing one.',
  },
  'moment-passed': {
    status: 422,
    title: 'That moment has passed.',
    remedy: 'Choose a moment that is still ahead.',
  },
  'state-does-not-allow': {
    status: 409,
    title: 'Its present state does not allow that.',
    remedy: 'See "detail" for the state it is in; where it cannot go on, make a new one or a copy.',
  },
  'correction-waits': {
    status: 409,
    title: 'A correction of this letter is about to leave.',
    remedy: 'Take that one back first, or correct again once it has left.',
  },
  'house-not-named': {
    status: 409,
    title: 'Readers cannot be told yet who writes to them.',
    remedy: 'Set what "errors" names in the settings of the house: PATCH /api/v1/brand.',
  },
  'second-look-needed': {
    status: 409,
    title: 'So many readers want a second look.',
    remedy: 'Look at the dry run and type the number it shows.',
  },
  'second-person-needed': {
    status: 403,
    title: 'A second person has to say yes.',
    remedy: 'Ask somebody else of the house who may send.',
  },
  'expected-another-number': {
    status: 409,
    title: 'The number typed is not the number of readers.',
    remedy: 'Look at the dry run again and type the number it shows.',
  },
  'person-erased': {
    status: 409,
    title: 'This person asked to be erased.',
    remedy: 'Only they can come back, by signing up themselves.',
  },
  'address-refused': {
    status: 422,
    title: 'This address cannot be written to.',
    remedy: 'See "detail"; give another address.',
  },
  'too-many-hands': {
    status: 503,
    title: 'Too many changes at once.',
    remedy: 'Send the call again in a moment; nothing was changed.',
  },
  'no-room': {
    status: 507,
    title: 'There is no room left on the disk.',
    remedy: 'Make room on it, then do it again; nothing was changed, and what is to be sent waits.',
  },
  'folder-gone': {
    status: 503,
    title: 'The data folder is gone.',
    remedy:
      'Stop Moderato, put back a copy of the folder from before, and start it again; until then nothing is kept.',
  },
  fault: {
    status: 500,
    title: 'Something broke on our side.',
    remedy: 'Try again in a moment; tell us if it stays.',
  },
} as const;

export type ProblemCode = keyof typeof catalogue;
/** Every code there is, for whoever has words of their own for them. */
export const PROBLEM_CODES = Object.keys(catalogue) as ProblemCode[];
export type InputError = {
  readonly path: string;
  readonly detail: string;
  /** The same by language, where people read it too. */
  readonly words?: Readonly<Record<string, string>>;
};

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: readonly InputError[] | undefined;
  /** What HTTP wants said beside it: Allow, Retry-After, WWW-Authenticate. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    facts: {
      detail?: string;
      errors?: readonly InputError[];
      headers?: Readonly<Record<string, string>>;
      cause?: unknown;
    } = {},
  ) {
    super(catalogue[code].title, { cause: facts.cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = facts.detail;
    this.errors = facts.errors;
    this.headers = facts.headers ?? {};
  }

  get status() {
    return catalogue[this.code].status;
  }

  get remedy(): string {
    return catalogue[this.code].remedy;
  }

  /** As RFC 9457 wants it. */
  toJSON() {
    return {
      type: `about:blank#${this.code}`,
      code: this.code,
      title: this.message,
      status: this.status,
      detail: this.detail ?? this.message,
      remedy: this.remedy,
      ...(this.errors ? { errors: this.errors } : {}),
    };
  }
}
