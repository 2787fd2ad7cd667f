/**
 * One JSON line: a word for what happened, ids and reasons. Never an address, a name, a token or a
 * body: routes are logged as patterns.
 */
export function log(
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Readonly<Record<string, string | number | boolean | undefined>> = {},
): void {
  console[level](JSON.stringify({ level, event, ...facts }));
}

/** What may be told of an error: its name, where it was thrown, and its message only when it is ours. */
export function factsOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    at: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' < '),
  };
}
