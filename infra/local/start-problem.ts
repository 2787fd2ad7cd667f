/** Why the laptop cannot start, in a sentence that says what to do about it. */
export class StartProblem extends Error {}
