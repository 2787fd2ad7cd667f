/** What the log says where a send stands still until somebody has looked: on AWS an alarm rings for each. */
export const STANDS_STILL = {
  provider: 'mailing-blocked',
  bounces: 'paused-for-bounces',
  complaints: 'paused-for-complaints',
} as const;
