/** One measured thing, as it stands in the result file and in the table. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string };

export const figure = (name: string, value: number, unit: string): Figure => ({
  name,
  value: Math.abs(value) < 100 ? Math.round(value * 100) / 100 : Math.round(value),
  unit,
});

/** Where one run began, and what it used of the processor since. */
export function stopwatch() {
  const began = performance.now();
  const cpu = process.cpuUsage();
  return {
    seconds: () => (performance.now() - began) / 1_000,
    cpuMicros: () => {
      const { user, system } = process.cpuUsage(cpu);
      return user + system;
    },
  };
}

/** The most memory the process held, looked at often. */
export function memoryPeak() {
  let peak = 0;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 20);
  timer.unref();
  return {
    megabytes: () => {
      look();
      clearInterval(timer);
      return peak / 2 ** 20;
    },
  };
}
