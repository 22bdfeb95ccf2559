/** The end of the chosen day by this computer's clock; `null`: no day after today was chosen. */
export function endOfDay(day: string, now: number): number | null {
  const end = new Date(`${day}T23:59:59.999`).getTime();
  return Number.isNaN(end) || end <= new Date(now).setHours(23, 59, 59, 999) ? null : end;
}
