/** Which day of letters is looked at. */
export function daySearch(given: Readonly<Record<string, unknown>>) {
  const { day } = given;
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {};
}
