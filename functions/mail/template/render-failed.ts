/** Why a hole could not be filled. No value of a reader stands in it. */
export type RenderReason =
  'value-too-long' | 'result-too-long' | 'too-much-work' | 'template-fault';

/** This reader's letter cannot be made. It tells the hole and the kind of failure, never the data. */
export class RenderFailed extends Error {
  readonly reason: RenderReason;

  constructor(reason: RenderReason, hole?: string) {
    super(`the letter could not be filled (${reason}${hole === undefined ? '' : ` in ${hole}`})`);
    this.name = 'RenderFailed';
    this.reason = reason;
  }
}
