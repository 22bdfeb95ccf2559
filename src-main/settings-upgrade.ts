/**
 * Settings of before there was a catalogue of flows, as it would hold them: the one flow of `appId` or `flowUrl`. It is
 * automated, for nothing rang the rep then. A file that has a catalogue is left as it is.
 */
export function upgradeSettings(file: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { appId, flowUrl, flowUrlForm, ...kept } = file;
  const isOwn = flowUrlForm === 'own';
  const form = isOwn || flowUrlForm === undefined ? {} : { flowUrlForm };
  const names = isOwn ? { url: flowUrl } : { appId };
  const [named] = Object.values(names);
  if (kept['flows'] !== undefined || named === undefined || named === '') return { ...kept, ...form };
  return { ...kept, ...form, flows: [{ id: 'default', name: 'Flow', kind: 'automated', ...names }] };
}
