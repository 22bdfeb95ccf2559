/** Two soft tones, as ms after the start of each round, and their pitch in Hz. */
const tones = [
  { afterMs: 0, hertz: 660 },
  { afterMs: 220, hertz: 880 },
] as const;
const toneMs = 200;
const everyMs = 2000;
/** Heard over a room, and no fright. */
const loudness = 0.12;

/** Rings until the function returned is called. Where the window may not be heard yet, it is silent. */
export function startRinging(): () => void {
  const audio = new AudioContext();
  const round = () => {
    for (const { afterMs, hertz } of tones) sound(audio, audio.currentTime + afterMs / 1000, hertz);
  };
  round();
  const timer = setInterval(round, everyMs);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}

function sound(audio: AudioContext, at: number, hertz: number): void {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  // Swells and fades: a tone that is cut off clicks.
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + toneMs / 1000);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + toneMs / 1000);
}
