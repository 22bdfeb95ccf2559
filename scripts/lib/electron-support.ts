/** Electron's makers mend the newest so many major versions. */
const supportedMajors = 3;

/** Why this version of Electron gets no more mends, as a sentence; null: it does. Both as npm writes versions. */
export function whyUnsupported(ours: string, latest: string): string | null {
  const [own, newest] = [majorOf(ours), majorOf(latest)];
  if (newest - own < supportedMajors) return null;
  return `Electron ${ours} gets no more security fixes: ${latest} is the latest, and ${supportedMajors} major versions are supported.`;
}

function majorOf(version: string): number {
  const major = /^(\d+)\.\d+\.\d+$/.exec(version)?.[1];
  if (major === undefined) throw new Error(`"${version}" is no exact released version.`);
  return Number(major);
}
